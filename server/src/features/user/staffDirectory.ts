import type { Staff } from '@hotline/shared/ticket/context'
import type { Logger } from '../../platform/log'
import type { Database } from '../../platform/mongo'
import type { UserRow } from './userStore'

type Member = Pick<UserRow, '_id' | 'name' | 'roles' | 'unitId' | 'isActive'>

/** Who works where, from memory, for the rules on reviewers and handlers. A few thousand accounts at the most. */
export interface StaffDirectory extends Staff {
  start(): Promise<void>
  stop(): Promise<void>
  /** What other processes changed, at the latest after two seconds. */
  poll(): Promise<void>
}

const POLL_MS = 2000
const OVERLAP_MS = 5000
const PROJECTION = { name: 1, roles: 1, unitId: 1, isActive: 1 } as const

export function createStaffDirectory(database: Pick<Database, 'db'>, logger: Pick<Logger, 'warn'>): StaffDirectory {
  const users = database.db.collection<UserRow>('users')
  const members = new Map<string, Member>()
  const byUnit = new Map<string, Set<string>>()
  let polledAt = 0
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()

  const keep = (member: Member) => {
    const before = members.get(member._id)
    if (before) byUnit.get(before.unitId)?.delete(member._id)
    members.set(member._id, member)
    const unit = byUnit.get(member.unitId) ?? new Set()
    byUnit.set(member.unitId, unit.add(member._id))
  }
  const activeIn = (unitId: string) =>
    [...(byUnit.get(unitId) ?? [])].flatMap((id) => {
      const member = members.get(id)
      return member?.isActive ? [member] : []
    })

  async function poll(): Promise<void> {
    const startedAt = performance.now()
    const since = { $subtract: ['$$NOW', Math.round(startedAt - polledAt) + OVERLAP_MS] }
    const filter = polledAt === 0 ? {} : { $expr: { $gte: ['$updatedAt', since] } }
    for await (const row of users.find(filter, { projection: PROJECTION })) keep(row)
    polledAt = startedAt
  }

  return {
    hasOther: (unitId, roles, exceptUserId) =>
      activeIn(unitId).some(
        (member) => member._id !== exceptUserId && member.roles.some((role) => roles.includes(role)),
      ),
    handlerName: (unitId, userId) => {
      const member = members.get(userId)
      return member?.isActive && member.unitId === unitId && member.roles.includes('handler') ? member.name : undefined
    },
    poll,
    async start() {
      await poll()
      timer = setInterval(() => {
        running = running.then(poll).catch((error: unknown) => logger.warn({ err: error }, '人员名录刷新失败'))
      }, POLL_MS)
    },
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}
