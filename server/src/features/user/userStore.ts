import { randomUUID } from 'node:crypto'
import { AppError } from '@hotline/shared/error'
import type { AccountRole } from '@hotline/shared/user/roles'
import { isDuplicate, type Database } from '../../platform/mongo'
import type { Tx } from '../../platform/outbox'

export interface UserRow {
  _id: string
  /** As typed by its administrator; `usernameKey` is the lower-case one that signs in. */
  username: string
  usernameKey: string
  name: string
  roles: AccountRole[]
  unitId: string
  passwordHash: string
  isActive: boolean
  /** A token of another version is dead. */
  tokenVersion: number
  /** Counted up whenever its sessions end: one that was opened before is dead, also one that nobody has seen yet. */
  sessionVersion?: number
  /** Its password was given by an administrator; gone as soon as it has one of its own. */
  mustChangePassword?: boolean
  /** 工号 */
  jobNo?: string
  /** Sealed: `users/{id}/phone`. */
  phone?: string
  /** What a search may begin with: every ending of the name, account, job number. */
  terms: string[]
  createdAt: Date
  updatedAt: Date
}

export type NewUser = Pick<
  UserRow,
  'username' | 'name' | 'roles' | 'unitId' | 'passwordHash' | 'jobNo' | 'phone' | 'mustChangePassword'
> & {
  _id?: string
}
export type UserChange = Partial<
  Pick<UserRow, 'name' | 'roles' | 'unitId' | 'passwordHash' | 'mustChangePassword' | 'isActive' | 'jobNo' | 'phone'>
>

export interface UserStore {
  find(id: string): Promise<UserRow | undefined>
  findByUsername(username: string): Promise<UserRow | undefined>
  /** @throws AppError ruleViolated when the account name is taken */
  insert(user: NewUser, at: Date, tx?: Tx): Promise<UserRow>
  /** Existing account names are left as they are. */
  insertMissing(users: readonly NewUser[], at: Date): Promise<void>
  /** `revokes`: tokens that were given before are dead from now on; `ends`: so are the sessions. */
  update(
    id: string,
    change: UserChange,
    options: { revokes: boolean; ends?: boolean; tx?: Tx },
  ): Promise<UserRow | undefined>
  count(): Promise<number>
  countAdministrators(): Promise<number>
}

export function createUserStore(database: Database) {
  const users = database.model<UserRow>('User', 'users', {
    _id: String,
    username: { type: String, required: true },
    usernameKey: { type: String, required: true },
    name: { type: String, required: true },
    roles: { type: [String], required: true },
    unitId: { type: String, required: true },
    passwordHash: { type: String, required: true },
    isActive: { type: Boolean, required: true },
    tokenVersion: { type: Number, required: true },
    sessionVersion: Number,
    mustChangePassword: Boolean,
    jobNo: String,
    phone: String,
    terms: { type: [String], required: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  })

  const store: UserStore = {
    find: async (id) => (await users.findById(id).lean<UserRow>()) ?? undefined,
    findByUsername: async (username) =>
      (await users.findOne({ usernameKey: usernameKeyOf(username) }).lean<UserRow>()) ?? undefined,
    async insert(user, at, tx) {
      const row = rowOf(user, at)
      try {
        const { _id, usernameKey, updatedAt: _updatedAt, ...rest } = row
        // An upsert that can only insert: it lets the database's clock set `updatedAt`, which other processes poll by.
        await users.collection.updateOne(
          { _id: _id as never, usernameKey },
          { $setOnInsert: rest, $currentDate: { updatedAt: true } },
          { upsert: true, ...inside(tx) },
        )
        return row
      } catch (error) {
        if (isDuplicate(error)) throw new AppError('ruleViolated', `账号 ${user.username} 已经存在`)
        throw error
      }
    },
    async insertMissing(list, at) {
      if (list.length === 0) return
      try {
        await users.collection.insertMany(list.map((user) => rowOf(user, at)) as never[], { ordered: false })
      } catch (error) {
        if (!isDuplicate(error)) throw error
      }
    },
    async update(id, change, { revokes, ends, tx }) {
      const before = await store.find(id)
      if (!before) return undefined
      const terms = termsOf({ ...before, ...change })
      return (
        (await users
          .findOneAndUpdate(
            { _id: id },
            {
              $set: { ...change, terms },
              // The database's clock: other processes poll for changes by it.
              $currentDate: { updatedAt: true },
              ...(revokes ? { $inc: { tokenVersion: 1, ...(ends ? { sessionVersion: 1 } : {}) } } : {}),
            },
            { returnDocument: 'after', ...inside(tx) },
          )
          .lean<UserRow>()) ?? undefined
      )
    },
    count: () => users.estimatedDocumentCount(),
    countAdministrators: () => users.countDocuments({ roles: 'administrator', isActive: true }),
  }
  return { store, model: users }
}

function inside(tx: Tx | undefined) {
  return tx ? { session: tx.session } : {}
}

export function usernameKeyOf(username: string): string {
  return username.trim().toLowerCase()
}

function rowOf(user: NewUser, at: Date): UserRow {
  return {
    ...user,
    _id: user._id ?? randomUUID(),
    usernameKey: usernameKeyOf(user.username),
    isActive: true,
    tokenVersion: 1,
    terms: termsOf(user),
    createdAt: at,
    updatedAt: at,
  }
}

function termsOf({ name, username, jobNo }: Pick<UserRow, 'name' | 'username' | 'jobNo'>): string[] {
  const letters = [...name.toLowerCase()]
  const endings = letters.map((_, index) => letters.slice(index).join(''))
  const key = usernameKeyOf(username)
  return [...new Set([...endings, key, ...key.split('@').slice(1), ...(jobNo ? [jobNo.toLowerCase()] : [])])]
}
