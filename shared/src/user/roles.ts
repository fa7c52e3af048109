/** Roles and their Chinese names. `caller` and `system` are actors, never roles of an account. */
export const ROLE_LABELS = {
  agent: '话务员',
  shiftLead: '班长',
  inspector: '质检员',
  dispatcher: '派单员',
  callbackOfficer: '回访员',
  supervisor: '督办员',
  knowledgeEditor: '知识库管理员',
  director: '热线主任',
  cityLeader: '市领导',
  clerk: '收文员',
  handler: '经办人',
  unitLead: '分管负责人',
  unitHead: '主要负责人',
  countyAdmin: '区县管理员',
  administrator: '系统管理员',
  caller: '诉求人',
  system: '系统时钟',
} as const

export type Role = keyof typeof ROLE_LABELS

/** The roles an account may carry. */
export type AccountRole = Exclude<Role, 'caller' | 'system'>

export const ROLES = Object.keys(ROLE_LABELS) as Role[]
export const ACCOUNT_ROLES = ROLES.filter((role): role is AccountRole => role !== 'caller' && role !== 'system')

/** Roles of the hotline centre that see every ticket (masked). Agents do not: they see what `visibility.ts` says. */
export const HOTLINE_ROLES: readonly Role[] = [
  'shiftLead',
  'inspector',
  'dispatcher',
  'callbackOfficer',
  'supervisor',
  'director',
]

/** Roles of a unit that works on tickets (承办单位). */
export const UNIT_ROLES: readonly Role[] = ['clerk', 'handler', 'unitLead', 'unitHead', 'countyAdmin']
