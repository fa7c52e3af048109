import type { EffectPart } from './part'

/** 退补、补充、并单、撤回、归档. */
export const INTAKE_EFFECTS: EffectPart = {}
