import { randomBytes, randomUUID } from 'node:crypto'
import type { Actor } from '@hotline/shared/actor'
import {
  CALL_DEFAULTS,
  type CallNumbers,
  type CallSettings,
  type ExchangeView,
  type LinesInput,
  type NewExchange,
} from '@hotline/shared/call/settings'
import { AppError } from '@hotline/shared/error'
import type { Clock } from '../../platform/clock'
import type { Crypto } from '../../platform/crypto'
import type { Transact } from '../../platform/outbox'
import type { Audit } from '../audit/auditService'
import type { CallSettingsStore } from './callSettingsStore'
import { tokenHashOf } from './ctiRoutes'
import type { ExchangeRow, ExchangeStore } from './exchangeStore'

/** 话务接口: who may tell of calls, who sits at which telephone, and the numbers that are the city's own. */
export interface CallSettingsService {
  read(): Promise<CallSettings>
  saveNumbers(numbers: CallNumbers, basedOn: number, actor: Actor, ip?: string): Promise<CallSettings>
  saveLines(input: LinesInput, actor: Actor, ip?: string): Promise<CallSettings>
  addExchange(name: string, actor: Actor, ip?: string): Promise<NewExchange>
  revokeExchange(id: string, actor: Actor, ip?: string): Promise<ExchangeView>
  /** A demo's agents have telephones from the beginning, and only then. */
  seedDemo(): Promise<void>
}

export interface CallSettingsDeps {
  settings: CallSettingsStore
  exchanges: ExchangeStore
  crypto: Pick<Crypto, 'hashOf'>
  audit: Audit
  transact: Transact
  clock: Clock
}

const TOKEN_BYTES = 32
const DEMO_LINES = { agent1: '8001', agent2: '8002', agent3: '8003' }

export function createCallSettings({
  settings,
  exchanges,
  crypto,
  audit,
  transact,
  clock,
}: CallSettingsDeps): CallSettingsService {
  async function read(): Promise<CallSettings> {
    const { lines, ...numbers } = settings.now()
    const people = new Map((await settings.people(lines.map(({ userId }) => userId))).map((one) => [one._id, one]))
    return {
      version: numbers.version,
      wrapUpSeconds: numbers.wrapUpSeconds,
      lostHours: numbers.lostHours,
      lines: lines.map(({ extension, userId }) => {
        const person = people.get(userId)
        return {
          extension,
          userId,
          name: person?.name ?? '',
          jobNo: person?.jobNo,
          isActive: person?.isActive ?? false,
        }
      }),
      exchanges: (await exchanges.list()).map(presentExchange),
    }
  }

  return {
    read,

    async saveNumbers(numbers, basedOn, actor, ip) {
      const details = { ...numbers }
      await transact(async (tx) => {
        await settings.save(numbers, basedOn, tx)
        audit.appendWith(tx, { actor, action: 'calls.numbersSaved', target: 'calls/settings', ip, details })
      })
      return read()
    },

    async saveLines({ version, lines }, actor, ip) {
      const people = new Map((await settings.people(lines.map(({ userId }) => userId))).map((one) => [one._id, one]))
      const known = new Set(settings.now().lines.map(({ userId }) => userId))
      const fields = lines.flatMap(({ userId }, index) => {
        const person = people.get(userId)
        // Who was disabled since keeps his line until somebody takes it from him.
        if (person && (person.isActive || known.has(userId))) return []
        return [{ path: `lines.${index}.userId`, message: person ? `${person.name}的账号已停用` : '没有这个账号' }]
      })
      if (fields.length > 0) throw new AppError('invalidInput', '提交的内容不完整或不正确', { fields })
      const details = { lines: lines.map(({ extension, userId }) => `${extension} ${people.get(userId)?.name ?? ''}`) }
      await transact(async (tx) => {
        await settings.save({ lines }, version, tx)
        audit.appendWith(tx, { actor, action: 'calls.linesSaved', target: 'calls/settings', ip, details })
      })
      return read()
    },

    async addExchange(name, actor, ip) {
      const token = randomBytes(TOKEN_BYTES).toString('base64url')
      const row: ExchangeRow = {
        _id: randomUUID(),
        name,
        tokenHash: tokenHashOf(crypto, token),
        tokenEnd: token.slice(-4),
        createdAt: clock.now(),
        createdBy: actor.name,
      }
      await transact(async (tx) => {
        await exchanges.insert(row, tx)
        const target = `exchanges/${row._id}`
        audit.appendWith(tx, { actor, action: 'calls.exchangeAdded', target, ip, details: { name } })
      })
      return { ...presentExchange(row), token, path: `/api/cti/${token}` }
    },

    async revokeExchange(id, actor, ip) {
      return transact(async (tx) => {
        const row = await exchanges.revoke(id, clock.now(), actor.name, tx)
        if (!row) throw new AppError('notFound', '没有这个交换机，或令牌已停用')
        const details = { name: row.name }
        audit.appendWith(tx, { actor, action: 'calls.exchangeRevoked', target: `exchanges/${id}`, ip, details })
        return presentExchange(row)
      })
    },

    async seedDemo() {
      if (settings.now().version > 0) return
      const found = await Promise.all(
        Object.entries(DEMO_LINES).map(async ([account, extension]) => {
          const userId = await settings.idOfAccount(account)
          return userId === undefined ? [] : [{ extension, userId }]
        }),
      )
      const first = { ...CALL_DEFAULTS, lines: found.flat() }
      await transact((tx) => settings.save(first, 0, tx)).catch((error: unknown) => {
        // Another process was faster, with the same.
        if (!(error instanceof AppError && error.code === 'staleVersion')) throw error
      })
    },
  }
}

function presentExchange(row: ExchangeRow): ExchangeView {
  const { _id, name, tokenEnd, createdAt, createdBy, lastEventAt, lastProblem, revokedAt, revokedBy } = row
  return {
    id: _id,
    name,
    tokenEnd,
    createdAt: createdAt.toISOString(),
    createdBy,
    lastEventAt: lastEventAt?.toISOString(),
    lastProblem: lastProblem && { at: lastProblem.at.toISOString(), text: lastProblem.text },
    revokedAt: revokedAt?.toISOString(),
    revokedBy,
  }
}
