import { UNIT_ROLES, type Role } from '../user/roles'

/** Whoever answers callers or works on their matters; an administrator looks after accounts alone. */
export const KNOWLEDGE_READERS: readonly Role[] = [
  'agent',
  'shiftLead',
  'inspector',
  'dispatcher',
  'callbackOfficer',
  'supervisor',
  'knowledgeEditor',
  'director',
  'cityLeader',
  ...UNIT_ROLES,
]
/** 申报: those of a unit for their own duties only. */
export const KNOWLEDGE_PROPOSERS: readonly Role[] = [
  'agent',
  'shiftLead',
  'inspector',
  'dispatcher',
  'supervisor',
  'knowledgeEditor',
  'director',
  'clerk',
  'unitLead',
  'unitHead',
]
/** 审核、发布、撤回、复核、处理反馈. */
export const KNOWLEDGE_KEEPERS: readonly Role[] = ['knowledgeEditor', 'director']
