import type { CallerInput } from '@hotline/shared/ticket/commandInputs'
import type { MaskedContact, Revealed } from '@hotline/shared/ticket/view'
import { AppError } from '@hotline/shared/error'
import { maskName, maskPhone, normalizePhone } from '@hotline/shared/user/masking'
import type { Crypto } from '../../platform/crypto'
import type { Logger } from '../../platform/log'
import type { HashedPlace } from '../../platform/rehash'
import type { SealedPlace } from '../../platform/reseal'
import type { SealedData, TicketDoc } from './ticketDocument'

export interface SealedContact {
  sealCaller(ticketId: string, caller: CallerInput, queryCode: string): { sealed: SealedData; callerHashes: string[] }
  sealNumber(ticketId: string, number: string): string
  /**
   * 张**, 138****0000. The address of a person is not shown at all until it is revealed. What cannot be opened says so:
   * one such ticket must not keep a list from being shown.
   */
  mask(ticketId: string, sealed: SealedData): MaskedContact
  /** @throws AppError ruleViolated when it cannot be opened */
  open(ticketId: string, sealed: SealedData): Revealed & { queryCode: string }
  /** The same, or nothing when it cannot be opened. */
  tryOpen(ticketId: string, sealed: SealedData): (Revealed & { queryCode: string }) | undefined
  /** The caller's own name, to take it out of free text. */
  nameOf(ticketId: string, sealed: Pick<SealedData, 'name'>): string | undefined
  openNumber(ticketId: string, sealed: SealedData, assignmentId: string): string | undefined
  hashOf(number: string): string
}

type Field = 'name' | 'number' | 'phone' | 'address'

const UNREADABLE = '联系方式无法解密'
/** More than these are not told of one by one: then the key itself is missing. */
const MOST_TOLD = 10_000

const contextOf = (ticketId: string, field: string) => `tickets/${ticketId}/${field}`

/** By which a number is found, however it is spelled. */
export function phoneHash(crypto: Pick<Crypto, 'hashOf'>, number: string): string {
  return crypto.hashOf('phone', normalizePhone(number))
}

export function createSealedContact(crypto: Crypto, logger: Pick<Logger, 'error'>): SealedContact {
  const told = new Set<string>()
  const hashOf = (number: string) => phoneHash(crypto, number)
  const read = (ticketId: string, sealed: Pick<SealedData, Field>, field: Field) => {
    const value = sealed[field]
    return value === undefined ? undefined : crypto.open(value, contextOf(ticketId, field))
  }

  /** A ticket that cannot be opened is an error once; it stays one for as long as it lies there. */
  function attempt<T>(ticketId: string, work: () => T): T | undefined {
    try {
      return work()
    } catch (error) {
      if (!told.has(ticketId) && told.size < MOST_TOLD) {
        told.add(ticketId)
        logger.error({ err: error, ticketId }, UNREADABLE)
      }
      return undefined
    }
  }

  const openAll = (ticketId: string, sealed: SealedData) => ({
    name: read(ticketId, sealed, 'name'),
    number: read(ticketId, sealed, 'number'),
    phone: read(ticketId, sealed, 'phone'),
    address: read(ticketId, sealed, 'address'),
    queryCode: crypto.open(sealed.queryCode, contextOf(ticketId, 'queryCode')),
  })
  const tryOpen = (ticketId: string, sealed: SealedData) => attempt(ticketId, () => openAll(ticketId, sealed))

  return {
    hashOf,
    sealCaller(ticketId, { name, number, phone, address }, queryCode) {
      const seal = (field: string, value: string | undefined) =>
        value ? crypto.seal(value, contextOf(ticketId, field)) : undefined
      const numbers = [number, phone].filter((value): value is string => !!value)
      return {
        sealed: {
          queryCode: crypto.seal(queryCode, contextOf(ticketId, 'queryCode')),
          name: seal('name', name),
          number: seal('number', number),
          phone: seal('phone', phone),
          address: seal('address', address),
        },
        callerHashes: [...new Set(numbers.map(hashOf))],
      }
    },
    sealNumber: (ticketId, number) => crypto.seal(number, contextOf(ticketId, 'contactNumber')),
    mask(ticketId, sealed) {
      const masked = attempt(ticketId, (): MaskedContact => {
        const name = read(ticketId, sealed, 'name')
        const number = read(ticketId, sealed, 'number')
        const phone = read(ticketId, sealed, 'phone')
        return {
          ...(name ? { name: maskName(name) } : {}),
          ...(number ? { number: maskPhone(number) } : {}),
          ...(phone ? { phone: maskPhone(phone) } : {}),
          ...(sealed.address ? { address: '******' } : {}),
        }
      })
      return masked ?? { name: UNREADABLE, isUnreadable: true }
    },
    open(ticketId, sealed) {
      const plain = tryOpen(ticketId, sealed)
      if (!plain) throw new AppError('ruleViolated', `${UNREADABLE}，请联系系统管理员`)
      return plain
    },
    tryOpen,
    nameOf: (ticketId, sealed) => attempt(ticketId, () => read(ticketId, sealed, 'name')),
    openNumber(ticketId, sealed, assignmentId) {
      const value = sealed.contactNumbers?.[assignmentId]
      if (value === undefined) return undefined
      const number = attempt(ticketId, () => crypto.open(value, contextOf(ticketId, 'contactNumber')))
      if (number === undefined) throw new AppError('ruleViolated', `${UNREADABLE}，请联系系统管理员`)
      return number
    },
  }
}

/** Where callers are found by their numbers. */
export const HASHED_IN_TICKETS: HashedPlace<Pick<TicketDoc, '_id' | 'sealed' | 'callerHashes'>> = {
  collection: 'tickets',
  projection: { 'sealed.number': 1, 'sealed.phone': 1, callerHashes: 1 },
  renewed({ _id, sealed, callerHashes }, crypto) {
    const numbers = (['number', 'phone'] as const).flatMap((field) => {
      const value = sealed?.[field]
      return value === undefined ? [] : [crypto.open(value, contextOf(_id, field))]
    })
    const hashes = [...new Set(numbers.map((number) => phoneHash(crypto, number)))]
    if (hashes.join() === callerHashes.join()) return undefined
    return { was: { callerHashes }, set: { callerHashes: hashes } }
  },
}

/** Where a ticket's sealed values stand, for a change of keys. */
export const SEALED_IN_TICKETS: SealedPlace<Pick<TicketDoc, '_id' | 'sealed'>> = {
  collection: 'tickets',
  label: '工单联系方式',
  projection: { sealed: 1 },
  valuesOf: ({ _id, sealed }) => [
    ...(['queryCode', 'name', 'number', 'phone', 'address'] as const).flatMap((field) => {
      const value = sealed[field]
      return value === undefined ? [] : [{ path: `sealed.${field}`, value, context: contextOf(_id, field) }]
    }),
    ...Object.entries(sealed.contactNumbers ?? {}).map(([assignmentId, value]) => ({
      path: `sealed.contactNumbers.${assignmentId}`,
      value,
      context: contextOf(_id, 'contactNumber'),
    })),
  ],
}
