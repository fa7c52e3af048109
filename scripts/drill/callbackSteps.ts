import { CALLER, leadOf, step, type Next, type Scene, type Step } from './step'
import type { Said, Todo } from './plan'

/** Every caller of the matter is called, each by himself. */
export function callbackStep(scene: Scene): Next {
  const { view, todo, hasClock } = scene
  if (view.pendingJudgement)
    return step('supervisor1', 'judgeCallback', { verdict: todo.verdict, reason: '已核对录音和办理材料' })
  const target = view.callbackTargets?.find(({ state }) => state === 'open')
  // Nobody is left to be called: the clock closes it.
  if (!target) return { until: view.nextAttemptAt ?? view.callbackSince ?? view.registeredAt }
  const { participantId, nextAt } = target
  const isEarly = nextAt !== undefined && Date.parse(nextAt) > scene.now()
  if (todo.waitsFor === 'unreachable')
    return isEarly ? { until: nextAt } : step(todo.officer, 'recordAttempt', { participantId, result: 'noAnswer' })
  if (todo.attempts > 0 && !isEarly)
    return step(todo.officer, 'recordAttempt', { participantId, result: 'noAnswer' }, () => void (todo.attempts -= 1))
  // Outside the hours in which one calls there is no attempt: whoever cannot wait is reached at once.
  if (todo.attempts > 0 && hasClock) return { until: nextAt ?? view.registeredAt }
  todo.attempts = 0
  const list = participantId ? todo.joinerSaid : todo.said
  return step(todo.officer, 'recordCallback', { ...(list[0] ?? CONTENT), participantId }, () => void list.shift())
}

/** Whoever was not asked for is content the second time. */
const CONTENT: Said = {
  method: 'phone',
  solved: 'yes',
  contactedByUnit: true,
  satisfaction: { result: 4, attitude: 5, agent: 5 },
}

export function afterwardsStep({ view, todo }: Scene): Step | undefined {
  if (todo.afterwards === 'rework' && view.status === 'closed' && leadOf(view))
    return step('supervisor1', 'rework', { reason: '抽查发现问题反弹' }, () => void (todo.afterwards = undefined))
  if (todo.rates && view.status === 'closed') return rate(todo)
  if (todo.afterwards !== 'reopen' || !['closed', 'answered'].includes(view.status)) return undefined
  return step(todo.agent, 'reopen', { newFacts: '诉求人来电反映问题再次出现，并提供了新的照片' }, () => {
    todo.afterwards = undefined
    todo.road = 'dispatch'
  })
}

function rate(todo: Todo): Step {
  const input = { channel: 'web', score: 2, comment: '拖了很久才解决，过程不满意', isNamed: true } as const
  return step(CALLER, 'rate', input, () => void (todo.rates = false))
}
