import { openConsultation } from './dispatchSteps'
import { step, type Scene, type Step, type WireAssignment } from './step'

/** What somebody asked for, and who says yes or no to it. */
export function decisionStep(scene: Scene): Step | undefined {
  const { assignments } = scene.view
  const returning = assignments.find(({ pendingReturn }) => pendingReturn)
  if (returning) return decideReturn(scene, returning)
  const extending = assignments.find(({ pendingExtension }) => pendingExtension)
  if (extending) return decideExtension(scene, extending)
  const suspending = assignments.find(({ pendingSuspension }) => pendingSuspension)
  if (suspending) return decideSuspension(scene, suspending)
  const terminating = assignments.find(({ pendingTermination }) => pendingTermination)
  return terminating && decideTermination(scene, terminating)
}

/** Below a unit stands the unit that delegated in the hotline's place. */
function deciderOf({ view, todo }: Scene, { parentId }: WireAssignment): string {
  const above = view.assignments.find(({ id }) => id === parentId)
  return above ? `clerk@${above.unitId}` : todo.dispatcher
}

function decideReturn(scene: Scene, assignment: WireAssignment): Step {
  const { view, todo } = scene
  const { id, role, pendingReturn } = assignment
  if (role === 'delegated') {
    const opinion = '同意，由我单位自行办理'
    return step(deciderOf(scene, assignment), 'approveReturn', { assignmentId: id, opinion })
  }
  const isLead = id === view.leadAssignmentId
  const as = isLead && view.returnCount >= 2 ? 'director' : todo.dispatcher
  if (!isLead) {
    const opinion = '同意，由主办单位一并办理'
    return step(as, 'approveReturn', { assignmentId: id, opinion }, () => void (todo.coReturns = false))
  }
  if (todo.returns[0] === 'consult') return openConsultation(scene, pendingReturn?.suggestedUnitId ?? '')
  if (todo.returns[0] === 'reject') {
    const opinion = '属你单位职责，请按时办理'
    return step(as, 'rejectReturn', { assignmentId: id, opinion }, () => void todo.returns.shift())
  }
  return step(as, 'approveReturn', { assignmentId: id, opinion: '同意退单，改派建议单位' }, () => {
    todo.returns.shift()
    todo.nextLead = pendingReturn?.suggestedUnitId
  })
}

function decideExtension(scene: Scene, assignment: WireAssignment): Step {
  const { todo } = scene
  const { id: assignmentId, unitId, role, pendingExtension } = assignment
  const end = role === 'delegated' ? 'approve' : (todo.extension?.end ?? 'approve')
  const over = () => void (role === 'delegated' ? (todo.delegates = 'reply') : (todo.extension = undefined))
  if (pendingExtension?.stage === 'unit')
    return end === 'refuse'
      ? step(`lead@${unitId}`, 'refuseRequest', { assignmentId, opinion: '抓紧办理，不必延期' }, over)
      : step(`lead@${unitId}`, 'endorseRequest', { assignmentId, opinion: '情况属实，同意上报' })
  return end === 'reject'
    ? step(todo.dispatcher, 'rejectExtension', { assignmentId, opinion: '理由不充分' }, over)
    : step(deciderOf(scene, assignment), 'approveExtension', { assignmentId, opinion: '同意延期，请告知诉求人' }, over)
}

function decideSuspension({ todo }: Scene, { id: assignmentId, unitId, pendingSuspension }: WireAssignment): Step {
  const over = () => void (todo.suspends = undefined)
  if (pendingSuspension?.stage === 'unit')
    return todo.suspends === 'refuse'
      ? step(`lead@${unitId}`, 'refuseRequest', { assignmentId, opinion: '具备办理条件，不同意挂起' }, over)
      : step(`lead@${unitId}`, 'endorseRequest', { assignmentId, opinion: '客观条件确不具备，同意上报' })
  return todo.suspends === 'reject'
    ? step('director', 'rejectSuspension', { assignmentId, opinion: '不属客观条件限制，请继续办理' }, over)
    : step('director', 'approveSuspension', { assignmentId, opinion: '同意挂起，按承诺期限恢复' }, () => {
        todo.rests = todo.suspends
        over()
      })
}

function decideTermination({ todo }: Scene, { id: assignmentId, unitId, pendingTermination }: WireAssignment): Step {
  const over = () => void (todo.terminates = undefined)
  if (pendingTermination?.stage === 'unit')
    return todo.terminates === 'refuse'
      ? step(`lead@${unitId}`, 'refuseRequest', { assignmentId, opinion: '再与诉求人沟通' }, over)
      : step(`lead@${unitId}`, 'endorseRequest', { assignmentId, opinion: '情况属实，同意上报' })
  return todo.terminates === 'reject'
    ? step('director', 'rejectTermination', { assignmentId, opinion: '依据不足，继续办理' }, over)
    : step('director', 'approveTermination', { assignmentId, opinion: '同意终止办理' }, over)
}
