import type { EffectPart } from './part'

/** 好差评、整改. */
export const RATING_EFFECTS: EffectPart = {}
