import type { EffectPart } from './part'

/** 会商、下派、挂起、终止. */
export const TOGETHER_EFFECTS: EffectPart = {}
