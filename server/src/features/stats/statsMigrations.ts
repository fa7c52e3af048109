import type { Migration } from '../../platform/migrations'

/** What happened in a period is found by one of these; sparse, so that a ticket pays only for what it has come to. */
export const statsMigrations: Migration[] = [
  {
    id: 700,
    name: '统计索引',
    up: async (db) => {
      await db.collection('tickets').createIndexes([
        { key: { 'facts.acceptedAt': 1 }, name: 'statsAccepted', sparse: true },
        { key: { 'facts.cases.startedAt': 1 }, name: 'statsStarted', sparse: true },
        { key: { 'facts.cases.dueAt': 1 }, name: 'statsDue', sparse: true },
        { key: { 'facts.cases.unitDueAt': 1 }, name: 'statsUnitDue', sparse: true },
        {
          // With the due dates, so that "due before, closed since" is answered without reading all closed since.
          key: { 'facts.cases.closedAt': 1, 'facts.cases.dueAt': 1, 'facts.cases.unitDueAt': 1 },
          name: 'statsClosed',
          sparse: true,
        },
        { key: { 'facts.callbackAt': 1 }, name: 'statsCalledBack', sparse: true },
      ])
    },
  },
]
