import type { Role } from '../user/roles'

/** 导出 (domain.md §5.2): the hotline's watchers, and units of their own. Everybody else looks at the screen. */
export const EXPORT_ROLES: readonly Role[] = [
  'shiftLead',
  'inspector',
  'supervisor',
  'director',
  'clerk',
  'unitLead',
  'unitHead',
]
