import type { CommandType } from './commands'
import { HOTLINE_RULES } from './lifecycle/hotline'
import { INTAKE_RULES } from './lifecycle/intake'
import type { Rule } from './lifecycle/rule'
import { TOGETHER_RULES } from './lifecycle/together'
import { UNIT_RULES } from './lifecycle/unitWork'

/** The procedure, as a dispatcher could read it aloud (ticket.md §2). */
export const LIFECYCLE: Record<CommandType, Rule> = {
  ...INTAKE_RULES,
  ...UNIT_RULES,
  ...TOGETHER_RULES,
  ...HOTLINE_RULES,
}
