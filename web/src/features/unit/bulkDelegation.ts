import { ticketApi } from '../ticket/ticketApi'

/**
 * 下派 of one ticket after the other to the same unit: each with the task and standard that its own unit was given, until
 * that unit's own deadline.
 */
export function createBulkDelegation(unitId: string) {
  /** Read once: a retry after a lost answer must ask for the very same. */
  const wanted = new Map<string, { task: string; standard: string }>()

  return async ({ id, version, key }: { id: string; version: number; key: string }): Promise<void> => {
    const given = wanted.get(id) ?? (await read(id))
    wanted.set(id, given)
    await ticketApi.command({ id, version }, 'delegate', { unitId, ...given, limit: { kind: 'profile' } }, key)
  }
}

async function read(id: string): Promise<{ task: string; standard: string }> {
  const { assignments, myAssignmentId } = await ticketApi.find(id)
  const mine = assignments.find((one) => one.id === myAssignmentId)
  return { task: mine?.task ?? '', standard: mine?.standard ?? '' }
}
