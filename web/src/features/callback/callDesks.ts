/** The tabs of 回访台; the last one is the supervisors'. */
export const CALL_DESKS = ['callback', 'appointed', 'judgement'] as const
export type CallDesk = (typeof CALL_DESKS)[number]
