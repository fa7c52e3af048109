import type { Actor } from '@hotline/shared/actor'
import { maskPhone } from '@hotline/shared/user/masking'
import type { Audit } from '../audit/auditService'
import type { SealedContact } from './sealedContact'

/** Notes who asked what belongs to a telephone number, before he is answered. The number itself is nowhere in the log. */
export type NoteLookup = (actor: Actor, number: string, total: number, ip?: string) => Promise<void>

export function createLookupNote(audit: Audit, contact: Pick<SealedContact, 'hashOf'>): NoteLookup {
  return (actor, number, total, ip) =>
    audit.append({
      actor,
      action: 'caller.lookedUp',
      target: `callers/${contact.hashOf(number)}`,
      ip,
      details: { number: maskPhone(number), total },
    })
}
