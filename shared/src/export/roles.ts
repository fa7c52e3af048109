import type { Role } from '../user/roles'
import type { ExportList } from './export'

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

/** What tells of no citizen's matter is taken along by whoever looks after it. */
const OTHERS: Partial<Record<ExportList, readonly Role[]>> = {
  users: ['administrator', 'countyAdmin'],
  audit: ['administrator', 'director'],
  articles: [...EXPORT_ROLES, 'knowledgeEditor'],
}

/** Who may take a list along; the list itself says besides who may look at it. */
export const exportRolesOf = (list: ExportList): readonly Role[] => OTHERS[list] ?? EXPORT_ROLES

/** Who may take anything along. */
export const ANY_EXPORT_ROLES: readonly Role[] = [...new Set([...EXPORT_ROLES, ...Object.values(OTHERS).flat()])]
