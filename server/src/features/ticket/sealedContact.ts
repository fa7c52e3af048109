import type { CallerInput } from '@hotline/shared/ticket/commandInputs'
import type { MaskedContact, Revealed } from '@hotline/shared/ticket/view'
import { maskName, maskPhone, normalizePhone } from '@hotline/shared/user/masking'
import type { Crypto } from '../../platform/crypto'
import type { SealedData } from './ticketDocument'

export interface SealedContact {
  sealCaller(ticketId: string, caller: CallerInput, queryCode: string): { sealed: SealedData; callerHashes: string[] }
  sealNumber(ticketId: string, number: string): string
  /** 张**, 138****0000. The address of a person is not shown at all until it is revealed. */
  mask(ticketId: string, sealed: SealedData): MaskedContact
  open(ticketId: string, sealed: SealedData): Revealed & { queryCode: string }
  openNumber(ticketId: string, sealed: SealedData, assignmentId: string): string | undefined
  hashOf(number: string): string
}

type Field = 'name' | 'number' | 'phone' | 'address'

export function createSealedContact(crypto: Crypto): SealedContact {
  const context = (ticketId: string, field: string) => `tickets/${ticketId}/${field}`
  const hashOf = (number: string) => crypto.hashOf('phone', normalizePhone(number))
  const read = (ticketId: string, sealed: SealedData, field: Field) => {
    const value = sealed[field]
    return value === undefined ? undefined : crypto.open(value, context(ticketId, field))
  }

  return {
    hashOf,
    sealCaller(ticketId, { name, number, phone, address }, queryCode) {
      const seal = (field: string, value: string | undefined) =>
        value ? crypto.seal(value, context(ticketId, field)) : undefined
      const numbers = [number, phone].filter((value): value is string => !!value)
      return {
        sealed: {
          queryCode: crypto.seal(queryCode, context(ticketId, 'queryCode')),
          name: seal('name', name),
          number: seal('number', number),
          phone: seal('phone', phone),
          address: seal('address', address),
        },
        callerHashes: [...new Set(numbers.map(hashOf))],
      }
    },
    sealNumber: (ticketId, number) => crypto.seal(number, context(ticketId, 'contactNumber')),
    mask(ticketId, sealed) {
      const name = read(ticketId, sealed, 'name')
      const number = read(ticketId, sealed, 'number')
      const phone = read(ticketId, sealed, 'phone')
      return {
        ...(name ? { name: maskName(name) } : {}),
        ...(number ? { number: maskPhone(number) } : {}),
        ...(phone ? { phone: maskPhone(phone) } : {}),
        ...(sealed.address ? { address: '******' } : {}),
      }
    },
    open: (ticketId, sealed) => ({
      name: read(ticketId, sealed, 'name'),
      number: read(ticketId, sealed, 'number'),
      phone: read(ticketId, sealed, 'phone'),
      address: read(ticketId, sealed, 'address'),
      queryCode: crypto.open(sealed.queryCode, context(ticketId, 'queryCode')),
    }),
    openNumber(ticketId, sealed, assignmentId) {
      const value = sealed.contactNumbers?.[assignmentId]
      return value === undefined ? undefined : crypto.open(value, context(ticketId, 'contactNumber'))
    },
  }
}
