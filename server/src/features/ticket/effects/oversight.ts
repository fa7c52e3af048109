import type { EffectPart } from './part'

/** 督办、提级、批示、回访申诉. */
export const OVERSIGHT_EFFECTS: EffectPart = {}
