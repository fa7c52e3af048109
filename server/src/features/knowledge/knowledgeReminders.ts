import { dayOf, daysBetween, type Day } from '@hotline/shared/calendar/day'
import type { Clock } from '../../platform/clock'
import type { Job } from '../../platform/jobs'
import type { NewNotice, Notices } from '../notice/noticeService'
import { articleLink, KEEPERS } from './knowledgeNotices'
import type { Ending, KnowledgeQueries } from './knowledgeQueries'
import type { KnowledgeStore } from './knowledgeStore'

const BATCH = 200
const NAMED = 3

/** Which reminder is owed now: the latest whose day has come; 0 is the day after the last. */
function owed({ until }: Pick<Ending, 'until'>, days: readonly number[], today: Day): number | undefined {
  const left = daysBetween(today, until)
  return [...days].sort((a, b) => a - b).find((day) => (day === 0 ? left < 0 : left <= day))
}

/**
 * Tells the responsible unit and the keepers of what ends, a unit's together. Marked only after it was told; told twice
 * it is the same notice.
 */
export async function remindOfEnds(
  deps: {
    store: Pick<KnowledgeStore, 'reminders' | 'markReminded'>
    queries: Pick<KnowledgeQueries, 'ending'>
    notices: Notices
    clock: Clock
  },
  touch: () => Promise<void> = async () => undefined,
): Promise<number> {
  const { store, queries, notices, clock } = deps
  const today = dayOf(clock.now())
  const { days } = await store.reminders()
  let after: { until: Day; id: string } | undefined
  let told = 0
  for (;;) {
    const batch = await queries.ending(today, Math.max(...days), BATCH, after)
    const marks = new Map<string, string>()
    const groups = new Map<string, Ending[]>()
    for (const one of batch) {
      const day = owed(one, days, today)
      if (day === undefined || one.reminded === `${one.until}:${day}`) continue
      marks.set(one._id, `${one.until}:${day}`)
      const key = `${one.unitId}:${day}`
      groups.set(key, [...(groups.get(key) ?? []), one])
    }
    await notices.send([...groups].map(([key, list]) => noticeOf(key, list, today)))
    await store.markReminded([...marks.keys()], (id) => marks.get(id) ?? '')
    told += marks.size
    const last = batch.at(-1)
    if (!last || batch.length < BATCH) return told
    after = { until: last.until, id: last._id }
    await touch()
  }
}

function noticeOf(group: string, list: readonly Ending[], today: Day): NewNotice {
  const [first] = list
  const unitId = first?.unitId ?? ''
  const isOver = first !== undefined && first.until < today
  const names = list.slice(0, NAMED).map(({ question, until }) => `${question}（${until}）`)
  return {
    key: `knowledge:ending:${group}:${first?._id}:${first?.until}`,
    recipients: [{ unitId, role: 'clerk' }, ...KEEPERS],
    kind: 'knowledge.ending',
    title: isOver ? `${list.length} 条知识已到期，请复核` : `${list.length} 条知识即将到期，请复核`,
    text: `${names.join('；')}${list.length > NAMED ? `等 ${list.length} 条` : ''}`,
    link: list.length === 1 && first ? articleLink(first._id) : '/knowledge?desk=due',
  }
}

export function reminderJob(deps: Parameters<typeof remindOfEnds>[0]): Job {
  return {
    name: 'knowledge.remind',
    every: '10 minutes',
    lockSeconds: 60,
    run: async ({ touch }) => void (await remindOfEnds(deps, touch)),
  }
}
