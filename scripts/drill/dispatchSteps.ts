import { CALLER, HOUR_MS, inHours, lastMoment, MEETING, step, type Next, type Scene, type Step } from './step'
import { someoneElse } from './others'
import { replyOf } from './words'

/** At the dispatchers' desk. */
export function acceptedStep(scene: Scene): Next {
  const { view, todo, message } = scene
  if (todo.asksInfo) return step(todo.dispatcher, 'requestInfo', { missing: '请补充事发的具体地点和时间' })
  if (scene.joins[0] === 'merge') {
    const input = { mainId: scene.mainId ?? '', reason: '同一地点同一事项，合并办理' }
    return step(todo.dispatcher, 'merge', input, () => void scene.joins.shift())
  }
  if (scene.meets === 'accepted') return MEETING
  if (todo.leaves?.at === 'accepted') return leave(scene)
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
  if (todo.consults && todo.returns[0] !== 'consult') return openConsultation(scene, leadFor(scene))
  return dispatch(scene)
}

export function leave({ todo, view }: Scene): Step {
  const reason = '诉求人来电说明问题已自行解决'
  const done = () => void (todo.leaves = undefined)
  if (todo.leaves?.how === 'void') return step('director', 'void', { reason: '重复登记，属录入错误' }, done)
  if (todo.leaves?.by === 'caller') return step(CALLER, 'withdraw', { reason }, done)
  return step(view.registeredBy.userId === 'public' ? CALLER : todo.agent, 'withdraw', { reason }, done)
}

/** Who gets it: whom somebody named, the county where it is going to be handed down, else the catalogue's first. */
function leadFor({ view, todo, candidates, world }: Scene): string {
  if (todo.nextLead) return todo.nextLead
  if (view.rated) return view.rated.unitId
  const first = candidates[0]?.unitId ?? ''
  if (todo.delegates) return world.countyOf(view.regionCode) ?? first
  const isCity = world.units.some(({ id, kind }) => id === first && kind === 'city')
  // A third rework is signed off by a head, whom the city's own government lacks.
  return todo.escalates && isCity ? (world.countyOf(view.regionCode) ?? world.units[1]?.id ?? first) : first
}

/** Workdays; every profile gives more. */
const SHORT = 3

function fourThings(scene: Scene, leadUnitId: string, isJoint: boolean) {
  const { view, todo, candidates } = scene
  const candidate = candidates.find(({ unitId }) => unitId === leadUnitId)
  const isFree = (unitId: string) => unitId !== leadUnitId
  const named = candidate?.coUnitIds.filter(isFree) ?? []
  const coUnitIds = isJoint ? (named.length > 0 ? named : [someoneElse(scene, leadUnitId)].filter(isFree)) : []
  // By hand a limit may only be shortened.
  const { unit = 'workdays', n = SHORT + 1 } = candidate?.limit ?? {}
  const isShortened = view.urgency === 'general' && unit === 'workdays' && n > SHORT
  const isHurried = isShortened && (todo.waitsFor === 'yellow' || todo.waitsFor === 'red')
  const shorter = isHurried ? 1 : isShortened && todo.story === 'plain' ? SHORT : undefined
  return {
    leadUnitId,
    coUnitIds,
    copyUnitIds: candidate?.copyUnitIds.filter((unitId) => isFree(unitId) && !coUnitIds.includes(unitId)),
    task: candidate?.task ?? '核实诉求人反映的情况，依法依规办理，并答复诉求人',
    standard: candidate?.standard ?? '事实清楚、处理到位、答复诉求人',
    limit: shorter === undefined ? ({ kind: 'profile' } as const) : ({ kind: 'workdays', n: shorter } as const),
  }
}

function dispatch(scene: Scene): Step {
  const { view, todo } = scene
  const four = fourThings(scene, leadFor(scene), todo.isJoint)
  const dispatched = () => void (todo.nextLead = undefined)
  if (view.returnCount >= 3)
    return step('director', 'designate', { ...four, basis: '三次退单，由热线指定承办' }, dispatched)
  return step(todo.dispatcher, 'dispatch', four, dispatched)
}

/** From the pool, or in the place of a decision on a return: whoever could have it is asked. */
export function openConsultation(scene: Scene, first: string): Step {
  const { todo } = scene
  const unitIds = [...new Set([first, someoneElse(scene, first)])]
  const input = { topic: '该事项由谁主办、谁协办', unitIds, answerBy: inHours(scene, 24) }
  return step(todo.returns[0] === 'consult' ? 'supervisor1' : todo.dispatcher, 'openConsultation', input, () => {
    if (todo.returns[0] === 'consult') todo.returns.shift()
  })
}

/** Every unit speaks, some go and look, and the hotline concludes. */
export function consultingStep(scene: Scene): Next {
  const { view, todo, world } = scene
  const consultation = view.consultations?.at(-1)
  const units = consultation?.units.map(({ unitId }) => unitId) ?? []
  const silent = units.find((id) => !consultation?.opinions.some(({ unitId }) => unitId === id))
  if (silent) {
    const stance = silent === units[0] ? 'lead' : 'co'
    const opinion = stance === 'lead' ? '属我单位职责，可以主办' : '涉及我单位的部分可以配合'
    return step(`clerk@${silent}`, 'giveOpinion', { stance, opinion, basis: '本单位三定规定' })
  }
  if (todo.visits)
    return step(
      `clerk@${units[0]}`,
      'recordSiteVisit',
      {
        visitedAt: lastMoment(view),
        place: (view.address ?? view.regionName).slice(0, 200),
        unitIds: units,
        people: units.map((id) => world.units.find((unit) => unit.id === id)?.name ?? id).join('、'),
        findings: '现场情况与诉求人反映的一致，需两家单位配合解决',
      },
      () => void (todo.visits = false),
    )
  const { end = 'cancel', hours = 0 } = todo.consults ?? {}
  const until = Date.parse(consultation?.openedAt ?? lastMoment(view)) + hours * HOUR_MS
  if (hours > 0 && scene.hasClock && scene.now() < until) return { until: new Date(until).toISOString() }
  const concluded = () => void (todo.consults = undefined)
  if (end === 'cancel') {
    const reason = '各单位意见一致，无需会商，按目录派单'
    return step(todo.dispatcher, 'cancelConsultation', { reason }, concluded)
  }
  const four = fourThings(scene, units[0] ?? leadFor(scene), todo.isJoint)
  const basis = '会商一致意见及部门三定规定'
  return step(todo.dispatcher, 'concludeConsultation', { ...four, basis }, concluded)
}
