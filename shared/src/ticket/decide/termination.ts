import { assertCallerTold, assertFields, type Decider, missing, need } from './decider'

/** 申请终止 (A24 H5): it should not have been accepted, or the caller makes it impossible; explained to him. */
export const requestTermination: Decider<'requestTermination'> = (command, ticket, { assignment }) => {
  const { ground, code, reason, isCallerTold } = command
  assertFields([missing(ground === 'notAcceptable' && !code, 'code', '请选择不予受理的情形')])
  assertCallerTold(ticket, isCallerTold, '申请终止前须向诉求人解释')
  return [
    {
      type: 'ticket.terminationRequested',
      ...{ assignmentId: need(assignment).id, ground, reason, isCallerTold },
      code: ground === 'notAcceptable' ? code : undefined,
      stage: 'unit',
    },
  ]
}

export const approveTermination: Decider<'approveTermination'> = ({ opinion }, _ticket, { assignment }) => [
  { type: 'ticket.terminationApproved', assignmentId: need(assignment).id, opinion },
]

export const rejectTermination: Decider<'rejectTermination'> = ({ opinion }, _ticket, { assignment }) => [
  { type: 'ticket.terminationRejected', assignmentId: need(assignment).id, opinion },
]
