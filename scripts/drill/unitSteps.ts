import { dayOf, shiftDay } from '@hotline/shared/calendar/day'
import { leave } from './dispatchSteps'
import { oversightStep } from './oversightSteps'
import { someoneElse } from './others'
import { decisionStep } from './requestSteps'
import {
  CALLER,
  lastMoment,
  leadOf,
  MEETING,
  step,
  type Next,
  type Scene,
  type Step,
  type WireAssignment,
} from './step'
import { replyOf } from './words'

const OWES = ['toAcknowledge', 'handling', 'inReview']

/** While the ticket is with the units: what is asked of others first, then who helps, then the lead. */
export function unitStep(scene: Scene): Next | undefined {
  const { view, todo } = scene
  const lead = leadOf(view)
  if (!lead) return undefined
  const deciding = decisionStep(scene)
  if (deciding) return deciding
  if (view.suspension) return suspendedStep(scene, lead)
  if (todo.recalls) {
    const recalled = () => {
      todo.recalls = false
      todo.nextLead = lead.unitId
    }
    return step(todo.dispatcher, 'recall', { reason: '派单时遗漏了重要情况，撤回后重新派单' }, recalled)
  }
  if (lead.locked && todo.triesLocked && lead.status !== 'inReview') {
    const refused = { isForbidden: true, done: () => void (todo.triesLocked = false) } as const
    return { ...requestReturn(scene, lead), ...refused }
  }
  if (lead.status === 'toAcknowledge') {
    if (todo.waitsFor === 'acknowledge') return { until: lead.returnBy }
    return returnStep(scene, lead, false) ?? acknowledge(lead)
  }
  if (lead.status === 'handling') {
    const beside = besideStep(scene)
    if (beside) return beside
  }
  const owing = view.assignments.find(({ role, status }) => ['co', 'delegated'].includes(role) && OWES.includes(status))
  if (owing) return partStep(scene, owing)
  if (lead.status === 'handling') return leadStep(scene, lead)
  return lead.status === 'inReview' ? review(scene, lead) : undefined
}

/** What comes from others while the lead works. */
function besideStep(scene: Scene): Next | undefined {
  const { view, todo, world } = scene
  if (scene.meets === 'handling') return MEETING
  if (todo.leaves?.at === 'handling') return leave(scene)
  const [side] = todo.supplements
  if (side) {
    const text = '诉求人补充：昨天晚上又发生了一次，已拍下照片'
    return step(side === 'agent' ? todo.agent : CALLER, 'supplement', { text }, () => void todo.supplements.shift())
  }
  if (view.suggestion) return step(todo.dispatcher, 'keepUnit', { opinion: '仍由原单位牵头办理' })
  const elsewhere = todo.keepsUnit ? world.elsewhere(view.regionCode) : undefined
  if (elsewhere) {
    const changes = { regionCode: elsewhere.code, address: `${elsewhere.fullName}路口` }
    const amended = () => void (todo.keepsUnit = false)
    return step(todo.dispatcher, 'amend', { changes, reason: '诉求人更正了事发地' }, amended)
  }
  return oversightStep(scene)
}

function suspendedStep({ view, todo }: Scene, lead: WireAssignment): Next {
  if (todo.rests === 'atItsEnd' && view.suspension) return { until: view.suspension.until }
  return step(`handler@${lead.unitId}`, 'resume', { reason: '障碍已排除，提前恢复办理' })
}

function acknowledge({ id, unitId }: WireAssignment): Step {
  return step(`clerk@${unitId}`, 'acknowledge', { assignmentId: id })
}

/** A co-unit, or a town that the lead handed a part to. */
function partStep(scene: Scene, assignment: WireAssignment): Next {
  const { view, todo } = scene
  const { id: assignmentId, unitId, role, status } = assignment
  const isDelegated = role === 'delegated'
  if (status === 'toAcknowledge') {
    if (isDelegated && todo.delegates === 'silent') return { until: assignment.returnBy }
    if (isDelegated && todo.delegates === 'recall') {
      const parent = view.assignments.find(({ id }) => id === assignment.parentId)
      const input = { assignmentId, reason: '我单位直接办理' }
      return step(`clerk@${parent?.unitId}`, 'recallDelegation', input, () => void (todo.delegates = undefined))
    }
    const isReturned = isDelegated ? todo.delegates === 'return' : todo.coReturns
    if (isReturned) return requestReturn(scene, assignment)
    return acknowledge(assignment)
  }
  if (status === 'inReview') return review(scene, assignment)
  if (isDelegated && todo.delegates === 'extend') {
    const reason = '需等专业施工队进场'
    return step(`handler@${unitId}`, 'requestExtension', { assignmentId, reason, workdays: 1, isCallerTold: true })
  }
  return reply(scene, assignment)
}

/** Who asked for help reads what came, and may send it back once. */
function sendBack({ view, todo }: Scene, lead: WireAssignment): Step | undefined {
  const isMeant = ({ role }: WireAssignment) =>
    (role === 'delegated' && todo.delegates === 'sendBack') || (role === 'co' && todo.coSentBack)
  const replied = view.assignments.find((assignment) => assignment.status === 'replied' && isMeant(assignment))
  if (!replied) return undefined
  const input = { assignmentId: replied.id, opinion: '请补充处理前后的照片和责任人' }
  return step(`clerk@${lead.unitId}`, 'sendBack', input, () => {
    if (replied.role === 'co') todo.coSentBack = false
    else todo.delegates = undefined
  })
}

function handDown({ view, todo, world }: Scene, lead: WireAssignment): Step | undefined {
  const unitId = world.delegateOf(view, lead.unitId)
  if (!todo.delegates || !unitId || view.assignments.some(({ role }) => role === 'delegated')) return undefined
  const limit = todo.delegates === 'extend' ? ({ kind: 'workdays', n: 1 } as const) : ({ kind: 'profile' } as const)
  const task = '现场核实并处理，结果报区县'
  const input = { assignmentId: lead.id, unitId, task, standard: '事实清楚、处理到位', limit }
  return step(`clerk@${lead.unitId}`, 'delegate', input)
}

function leadStep(scene: Scene, lead: WireAssignment): Next {
  const { view, todo, now } = scene
  const { id: assignmentId, unitId } = lead
  const mayContact = view.hasContact && !view.isAnonymous && view.confidentiality === 0
  const others = returnStep(scene, lead, true) ?? handDown(scene, lead) ?? sendBack(scene, lead)
  if (others) return others
  if (todo.amends === 'after') {
    const changes = { address: `${view.address ?? view.regionName}（诉求人补充）`.slice(0, 200) }
    const amended = () => void (todo.amends = undefined)
    return step(todo.dispatcher, 'amend', { changes, reason: '诉求人来电更正了地址' }, amended)
  }
  if (todo.assignsHandler && !lead.handlerId && scene.handlerId)
    return step(`clerk@${unitId}`, 'assignHandler', { assignmentId, handlerId: scene.handlerId })
  if (todo.contacts && mayContact) {
    const contact = {
      assignmentId,
      contactedAt: lastMoment(view),
      method: 'phone',
      isReached: true,
      result: '已与诉求人通话，了解了具体情况，并告知办理安排',
    } as const
    return step(`handler@${unitId}`, 'recordContact', contact, () => void (todo.contacts = false))
  }
  if (todo.reports) {
    const note = '已到现场核查，正在与有关方面协调处理'
    return step(`handler@${unitId}`, 'recordProgress', { assignmentId, note }, () => void (todo.reports = false))
  }
  if (todo.extension) {
    const { by, workdays } = todo.extension
    const reason = '涉及多方协调，需要现场勘查和鉴定，不能按期办结'
    return step(`${by}@${unitId}`, 'requestExtension', { assignmentId, reason, workdays, isCallerTold: true })
  }
  if (todo.suspends) {
    const promisedDate = shiftDay(dayOf(new Date(now())), todo.suspends === 'atItsEnd' ? 1 : 20)
    const reason = '管线迁改未完成，暂不具备施工条件'
    const measures = '设置临时设施，条件具备后立即施工'
    const input = { assignmentId, reason, measures, promisedDate, isCallerTold: true }
    return step(`handler@${unitId}`, 'requestSuspension', input)
  }
  if (todo.terminates) {
    const reason = '诉求人拒不提供必要信息，多次联系无法办理'
    const input = { assignmentId, ground: 'uncooperative', reason, isCallerTold: true } as const
    return step(`handler@${unitId}`, 'requestTermination', input)
  }
  if (todo.waitsFor === 'yellow' && view.yellowCount === 0) return { until: lead.yellowAt }
  if (todo.waitsFor === 'red' && view.redCount === 0) return { until: lead.redAt }
  return view.rated ? rectifyStep(scene, lead) : reply(scene, lead)
}

/** 差评整改: spoken against, judged, or put right. */
function rectifyStep(scene: Scene, { id: assignmentId, unitId, resolveBy }: WireAssignment): Step {
  const { view, todo } = scene
  if (todo.appealsRating && !view.rated?.appeal)
    return step(`lead@${unitId}`, 'appealRating', { assignmentId, reason: '评价人误操作，有窗口录像为证' })
  if (todo.appealsRating && !view.rated?.verdict)
    return step('supervisor1', 'judgeRating', { verdict: todo.appealsRating, reason: '录像与评价人说明一致' })
  return step(`handler@${unitId}`, 'rectify', {
    assignmentId,
    cause: '窗口人员业务不熟，一次性告知不到位',
    measures: '组织业务培训，实行首问负责',
    result: '已向评价人说明情况并致歉，业务已办结',
    overdueReason: overdueReason(scene, resolveBy),
  })
}

function overdueReason({ now }: Scene, resolveBy: string): string | undefined {
  return now() > Date.parse(resolveBy) ? '涉及多方协调，未能按期办结' : undefined
}

function returnStep(scene: Scene, lead: WireAssignment, isAcknowledged: boolean): Step | undefined {
  const { todo } = scene
  if (todo.returns.length === 0 || lead.locked || todo.returnsAfterAcknowledging !== isAcknowledged) return undefined
  return requestReturn(scene, lead)
}

function requestReturn(scene: Scene, { id, unitId }: WireAssignment): Step {
  return step(`clerk@${unitId}`, 'requestReturn', {
    assignmentId: id,
    reason: 'notOurDuty',
    basis: '该事项不在本单位三定规定的职责范围内',
    suggestedUnitId: someoneElse(scene, unitId),
  })
}

function reply(scene: Scene, { id, unitId, reply, role, resolveBy }: WireAssignment): Step {
  const { view, message, number } = scene
  const mayContact = view.hasContact && !view.isAnonymous && view.confidentiality === 0
  const text = role !== 'lead' ? '已按要求完成本单位职责内的工作，情况已告主办单位。' : replyOf(message, reply ? 2 : 1)
  const solved = message.title.length % 4 === 0 ? 'partly' : 'yes'
  return step(`handler@${unitId}`, 'reply', {
    assignmentId: id,
    isFactual: message.title.length % 5 === 0 ? 'partly' : 'yes',
    contacted: mayContact ? 'yes' : view.hasContact || view.isAnonymous ? 'exempt' : 'no',
    ...(mayContact ? { contactMethod: 'phone', contactedAt: lastMoment(view), contactNumber: number } : {}),
    solved,
    unsolvedReason: solved === 'yes' ? undefined : '剩余部分已列入计划，正在推进',
    handling: text,
    publicReply: text,
    overdueReason: overdueReason(scene, resolveBy),
  })
}

function review({ view, todo, world }: Scene, assignment: WireAssignment): Step {
  const as = world.reviewerOf(view, assignment)
  const isLead = assignment.id === view.leadAssignmentId
  const assignmentId = assignment.id
  if (isLead && todo.unitSendBacks > 0) {
    const input = { assignmentId, isPassed: false, opinion: '办理情况写得不具体，请补充后再报' }
    return step(as, 'reviewByUnit', input, () => void (todo.unitSendBacks -= 1))
  }
  return step(as, 'reviewByUnit', { assignmentId, isPassed: true, opinion: '同意' })
}
