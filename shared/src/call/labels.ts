/** 通话 (domain.md §4.4) in words. */

export const CALL_DIRECTION_LABELS = { in: '呼入', out: '呼出' } as const
export type CallDirection = keyof typeof CALL_DIRECTION_LABELS

export const CALL_STATE_LABELS = { ringing: '振铃', talking: '通话', wrapUp: '话后整理', done: '已结束' } as const
export type CallState = keyof typeof CALL_STATE_LABELS

/**
 * How a call ended for who called: 接通; 放弃 hung up while it rang or stood in the queue; 漏接 nobody took it;
 * 忙线 met a busy line; 转走 went on to another number before anybody took it.
 */
export const CALL_RESULT_LABELS = {
  answered: '接通',
  abandoned: '放弃',
  missed: '漏接',
  busy: '忙线',
  forwarded: '转走',
} as const
export type CallResult = keyof typeof CALL_RESULT_LABELS

/** Whoever called and was not spoken to is called back (漏接回拨, 国办函〔2025〕66 号). */
export const UNANSWERED: readonly CallResult[] = ['abandoned', 'missed', 'busy']

/** What an agent says of himself; that he talks or wraps up stands in his calls. */
export const PRESENCE_LABELS = { free: '示闲', busy: '示忙', rest: '小休' } as const
export type Presence = keyof typeof PRESENCE_LABELS
