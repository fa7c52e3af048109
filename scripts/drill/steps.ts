import { leadOf, step, type Scene, type Step } from './step'
import { someoneElse, unitStep } from './unitSteps'
import { replyOf } from './words'
import type { Todo } from './plan'

/** Who does what next; undefined when the ticket has come to its end. Looks at the ticket as it is, not at what was meant. */
export function nextStep(scene: Scene): Step | undefined {
  const { view, todo } = scene
  switch (view.status) {
    case 'registered':
      return step(todo.dispatcher, 'accept', {})
    case 'accepted':
      return acceptedStep(scene)
    case 'dispatched':
    case 'handling':
    case 'unitReview':
      return unitStep(scene)
    case 'hotlineReview':
      return hotlineReview(todo)
    case 'callback':
      return callbackStep(scene)
    default:
      return afterwardsStep(scene)
  }
}

function acceptedStep(scene: Scene): Step {
  const { view, todo, message } = scene
  if (todo.amends === 'before') {
    const changes = { address: `${view.address ?? view.regionName}附近`.slice(0, 200) }
    return step(todo.agent, 'amend', { changes }, () => void (todo.amends = undefined))
  }
  if (todo.road === 'answer') return step(todo.agent, 'answer', { answer: replyOf(message, 1) })
  if (todo.road === 'decline')
    return step(todo.agent, 'decline', {
      code: todo.declineCode,
      reason: '经核对，不属于热线受理范围，已向诉求人说明',
      channelTold: todo.declineCode === 'LEGAL' ? '可依法向人民法院提起诉讼或申请仲裁' : undefined,
    })
  if (todo.road === 'transfer')
    return step(todo.agent, 'transferEmergency', { to: '110', transferredAt: view.registeredAt, isThreeWay: true })
  return dispatch(scene)
}

/** Workdays; every profile gives more. */
const SHORT = 3

function dispatch(scene: Scene): Step {
  const { view, todo, candidates } = scene
  const leadUnitId = todo.nextLead ?? candidates[0]?.unitId ?? ''
  const candidate = candidates.find(({ unitId }) => unitId === leadUnitId)
  const isFree = (unitId: string) => unitId !== leadUnitId
  const named = candidate?.coUnitIds.filter(isFree) ?? []
  const coUnitIds = todo.isJoint ? (named.length > 0 ? named : [someoneElse(scene, leadUnitId)].filter(isFree)) : []
  // By hand a limit may only be shortened.
  const { unit = 'workdays', n = SHORT + 1 } = candidate?.limit ?? {}
  const isShortened = view.urgency === 'general' && todo.story === 'plain' && unit === 'workdays' && n > SHORT
  const four = {
    leadUnitId,
    coUnitIds,
    copyUnitIds: candidate?.copyUnitIds.filter((unitId) => isFree(unitId) && !coUnitIds.includes(unitId)),
    task: candidate?.task ?? '核实诉求人反映的情况，依法依规办理，并答复诉求人',
    standard: candidate?.standard ?? '事实清楚、处理到位、答复诉求人',
    limit: isShortened ? ({ kind: 'workdays', n: SHORT } as const) : ({ kind: 'profile' } as const),
  }
  const dispatched = () => void (todo.nextLead = undefined)
  if (view.returnCount >= 3)
    return step('director', 'designate', { ...four, basis: '三次退单，由热线指定承办' }, dispatched)
  return step(todo.dispatcher, 'dispatch', four, dispatched)
}

function hotlineReview(todo: Todo): Step {
  if (todo.hotlineSendBacks === 0)
    return step(todo.dispatcher, 'reviewByHotline', { isPassed: true, opinion: '答复规范，转回访' })
  const input = { isPassed: false, opinion: '未回应诉求人的全部问题，请补充' }
  return step(todo.dispatcher, 'reviewByHotline', input, () => void (todo.hotlineSendBacks -= 1))
}

function callbackStep({ view, todo }: Scene): Step {
  if (view.pendingJudgement)
    return step('supervisor1', 'judgeCallback', { verdict: todo.verdict, reason: '已核对录音和办理材料' })
  if (todo.attempts > 0)
    return step(todo.officer, 'recordAttempt', { result: 'noAnswer' }, () => void (todo.attempts -= 1))
  const said = todo.said[0] ?? CONTENT
  return step(todo.officer, 'recordCallback', said, () => void todo.said.shift())
}

/** Whoever was not asked for is content the second time. */
const CONTENT: Todo['said'][number] = {
  method: 'phone',
  solved: 'yes',
  contactedByUnit: true,
  satisfaction: { result: 4, attitude: 5, agent: 5 },
}

function afterwardsStep({ view, todo }: Scene): Step | undefined {
  if (todo.afterwards === 'rework' && view.status === 'closed' && leadOf(view))
    return step('supervisor1', 'rework', { reason: '抽查发现问题反弹' }, () => void (todo.afterwards = undefined))
  if (todo.afterwards !== 'reopen' || !['closed', 'answered'].includes(view.status)) return undefined
  return step(todo.agent, 'reopen', { newFacts: '诉求人来电反映问题再次出现，并提供了新的照片' }, () => {
    todo.afterwards = undefined
    todo.road = 'dispatch'
  })
}
