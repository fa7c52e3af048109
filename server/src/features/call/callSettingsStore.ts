import { AppError } from '@hotline/shared/error'
import { CALL_DEFAULTS, type CallNumbers } from '@hotline/shared/call/settings'
import { isDuplicate, type Db } from '../../platform/mongo'
import type { Logger } from '../../platform/log'
import type { Tx } from '../../platform/outbox'
import { createNewest, type Newest } from '../../platform/newest'

export interface Line {
  extension: string
  userId: string
}

interface SettingsRow extends CallNumbers {
  _id: 'city'
  version: number
  lines: Line[]
}
export type Settings = Omit<SettingsRow, '_id'>

interface Person {
  _id: string
  name: string
  jobNo?: string
  isActive: boolean
}

export interface CallSettingsStore extends Newest {
  /** From memory: numbers and lines as they hold now. */
  now(): Settings
  /** Whose telephone it is: of the first of these that is somebody's. */
  lineOf(extensions: readonly string[]): (Line & { name: string }) | undefined
  extensionOf(userId: string): string | undefined
  people(userIds: readonly string[]): Promise<Person[]>
  idOfAccount(usernameKey: string): Promise<string | undefined>
  /** @throws AppError staleVersion when somebody has saved meanwhile */
  save(change: Partial<Omit<Settings, 'version'>>, basedOn: number, tx: Tx): Promise<void>
}

const NONE: Settings = { version: 0, ...CALL_DEFAULTS, lines: [] }

export function createCallSettingsStore(db: Db, logger: Logger): CallSettingsStore {
  const rows = db.collection<SettingsRow>('callSettings')
  const users = db.collection<Person>('users')
  let settings = NONE
  let byExtension = new Map<string, Line & { name: string }>()
  let byUser = new Map<string, string>()

  const people = (userIds: readonly string[]) =>
    users.find({ _id: { $in: [...userIds] } }, { projection: { name: 1, jobNo: 1, isActive: 1 } }).toArray()
  const newest = createNewest('话务设置', {
    logger,
    ask: async () => (await rows.findOne({ _id: 'city' }, { projection: { version: 1 } }))?.version ?? 0,
    async load() {
      const row = await rows.findOne({ _id: 'city' })
      const next = row ? { ...NONE, ...row } : NONE
      const names = new Map((await people(next.lines.map(({ userId }) => userId))).map(({ _id, name }) => [_id, name]))
      const named = next.lines.map((line) => ({ ...line, name: names.get(line.userId) ?? '' }))
      settings = next
      byExtension = new Map(named.map((line) => [line.extension, line]))
      byUser = new Map(named.map((line) => [line.userId, line.extension]))
    },
  })

  return {
    ...newest,
    now: () => settings,
    lineOf: (extensions) => extensions.map((one) => byExtension.get(one)).find((line) => line !== undefined),
    extensionOf: (userId) => byUser.get(userId),
    people,
    idOfAccount: async (usernameKey) => (await users.findOne({ usernameKey } as never))?._id,
    async save(change, basedOn, { session, after }) {
      const { version: _version, ...before } = { ...NONE, ...((await rows.findOne({ _id: 'city' })) ?? {}) }
      const { matchedCount } = await rows
        .updateOne(
          { _id: 'city', version: basedOn },
          { $set: { ...before, ...change, version: basedOn + 1 } as never },
          { upsert: basedOn === 0, session },
        )
        .then(({ matchedCount: matched, upsertedCount }) => ({ matchedCount: matched + upsertedCount }))
        .catch((error: unknown) => {
          if (isDuplicate(error)) return { matchedCount: 0 }
          throw error
        })
      if (matchedCount === 0) throw new AppError('staleVersion', '话务设置刚被他人改过，请核对后重试')
      after(newest.poll)
    },
  }
}
