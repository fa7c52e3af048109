import { lastMoment, leadOf, step, type Scene, type Step, type WireAssignment } from './step'
import { replyOf } from './words'

const OWES = ['toAcknowledge', 'handling', 'inReview']

/** While the ticket is with the units: what is asked of the hotline first, then the co-units, then the lead. */
export function unitStep(scene: Scene): Step | undefined {
  const { view, todo } = scene
  const lead = leadOf(view)
  if (!lead) return undefined
  const returning = view.assignments.find(({ pendingReturn }) => pendingReturn)
  if (returning) return decideReturn(scene, returning)
  const extending = view.assignments.find(({ pendingExtension }) => pendingExtension)
  if (extending) return decideExtension(scene, extending)
  if (todo.recalls) {
    const recalled = () => {
      todo.recalls = false
      todo.nextLead = lead.unitId
    }
    return step(todo.dispatcher, 'recall', { reason: '派单时遗漏了重要情况，撤回后重新派单' }, recalled)
  }
  if (lead.status === 'toAcknowledge') return returnStep(scene, lead, false) ?? acknowledge(lead)
  const owing = view.assignments.find(({ role, status }) => role === 'co' && OWES.includes(status))
  if (owing) return coStep(scene, owing)
  if (lead.status === 'handling') return leadStep(scene, lead)
  return lead.status === 'inReview' ? review(scene, lead) : undefined
}

function acknowledge({ id, unitId }: WireAssignment): Step {
  return step(`clerk@${unitId}`, 'acknowledge', { assignmentId: id })
}

function coStep(scene: Scene, assignment: WireAssignment): Step {
  const { todo } = scene
  if (assignment.status === 'toAcknowledge' && todo.coReturns) return requestReturn(scene, assignment)
  if (assignment.status === 'toAcknowledge') return acknowledge(assignment)
  return assignment.status === 'handling' ? reply(scene, assignment) : review(scene, assignment)
}

function leadStep(scene: Scene, lead: WireAssignment): Step {
  const { view, todo } = scene
  const { id: assignmentId, unitId } = lead
  const mayContact = view.hasContact && !view.isAnonymous && view.confidentiality === 0
  const returning = returnStep(scene, lead, true)
  if (returning) return returning
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
  return reply(scene, lead)
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

/** Another unit that could do it: the next candidate, else a superior. Never an accused one. */
export function someoneElse({ view, candidates, world }: Scene, unitId: string): string {
  const isFree = (id: string) => id !== unitId && !world.pathOf(id).some((above) => view.accusedUnitIds.includes(above))
  const ids = [...candidates.map((candidate) => candidate.unitId), ...world.pathOf(unitId)]
  // Whoever has had it before would only return it again.
  const fresh = ids.find((id) => isFree(id) && !view.assignments.some((assignment) => assignment.unitId === id))
  return fresh ?? ids.find(isFree) ?? unitId
}

function decideReturn({ view, todo }: Scene, { id, pendingReturn }: WireAssignment): Step {
  const isLead = id === view.leadAssignmentId
  const as = isLead && view.returnCount >= 2 ? 'director' : todo.dispatcher
  if (!isLead) {
    const opinion = '同意，由主办单位一并办理'
    return step(as, 'approveReturn', { assignmentId: id, opinion }, () => void (todo.coReturns = false))
  }
  if (todo.returns[0] === 'reject') {
    const opinion = '属你单位职责，请按时办理'
    return step(as, 'rejectReturn', { assignmentId: id, opinion }, () => void todo.returns.shift())
  }
  return step(as, 'approveReturn', { assignmentId: id, opinion: '同意退单，改派建议单位' }, () => {
    todo.returns.shift()
    todo.nextLead = pendingReturn?.suggestedUnitId
  })
}

function decideExtension({ todo }: Scene, { id, unitId, pendingExtension }: WireAssignment): Step {
  const end = todo.extension?.end ?? 'approve'
  const over = () => void (todo.extension = undefined)
  const assignmentId = id
  if (pendingExtension?.stage === 'unit')
    return end === 'refuse'
      ? step(`lead@${unitId}`, 'refuseRequest', { assignmentId, opinion: '抓紧办理，不必延期' }, over)
      : step(`lead@${unitId}`, 'endorseRequest', { assignmentId, opinion: '情况属实，同意上报' })
  return end === 'reject'
    ? step(todo.dispatcher, 'rejectExtension', { assignmentId, opinion: '理由不充分' }, over)
    : step(todo.dispatcher, 'approveExtension', { assignmentId, opinion: '同意延期，请告知诉求人' }, over)
}

function reply({ view, message, number }: Scene, { id, unitId, reply, role }: WireAssignment): Step {
  const mayContact = view.hasContact && !view.isAnonymous && view.confidentiality === 0
  const text =
    role === 'co' ? '已按协办要求完成本单位职责内的工作，情况已告主办单位。' : replyOf(message, reply ? 2 : 1)
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
