import type { Migration } from '../../platform/migrations'

/** Every list and count of calls is served by one of these; `tests/api/callIndexes.test.ts` reads the plans. */
export const callMigrations: Migration[] = [
  {
    id: 870,
    name: '通话索引',
    up: async (db) => {
      const only = (field: string) => ({ partialFilterExpression: { [field]: { $exists: true } } })
      await db.collection('calls').createIndexes([
        { key: { beganAt: -1 }, name: 'newest' },
        { key: { agentId: 1, beganAt: -1 }, name: 'agent' },
        { key: { result: 1, beganAt: -1 }, name: 'result' },
        { key: { numberHash: 1, beganAt: -1 }, name: 'number', ...only('numberHash') },
        { key: { agentId: 1, isLive: 1, beganAt: 1 }, name: 'live', partialFilterExpression: { isLive: true } },
        { key: { isLive: 1, beganAt: 1 }, name: 'open', partialFilterExpression: { isLive: true } },
        { key: { wrapUpBy: 1 }, name: 'wrapUp', ...only('wrapUpBy') },
        { key: { wantsReturn: 1, beganAt: 1 }, name: 'returns', partialFilterExpression: { wantsReturn: true } },
        { key: { 'tickets.id': 1, beganAt: 1 }, name: 'ticket', ...only('tickets.id') },
      ])
      await db.collection('ctiExchanges').createIndex({ tokenHash: 1 }, { name: 'token', unique: true })
    },
  },
  {
    id: 871,
    name: '呼入、呼出索引',
    up: async (db) => {
      await db.collection('calls').createIndex({ direction: 1, beganAt: -1 }, { name: 'direction' })
    },
  },
]
