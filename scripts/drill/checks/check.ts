import type { TicketView } from '@hotline/shared/ticket/view'
import type { Trouble } from '../client'
import type { Company } from '../company'
import type { Played } from '../play'
import { areEnded, areFolded, areNumbered, areSealed } from './each'
import { isAccounted } from './accounts'
import { areMeasured } from './measured'
import { scan, type Scan } from './scan'
import { areFound } from './searched'
import { areFollowed } from './followed'
import { areCalled } from './called'
import { areCut } from './parts'
import { areLocked, areRecounted, areStill, areWithinParents } from './replayed'
import { areHidden, areListed } from './seen'

export interface Check {
  name: string
  ok: boolean
  detail: string
}

/** All that the checks look at. */
export interface Evidence extends Company {
  played: readonly Played[]
  trouble: Trouble
  startedAt: Date
}

/** With this run's tickets as the director sees them at the end. */
export interface Findings extends Evidence {
  views: ReadonlyMap<string, TicketView>
  scan: Scan
}

const CHECKS: readonly (readonly [string, (findings: Findings) => string[] | Promise<string[]>])[] = [
  ['每张工单都走到了终点 every ticket reached its end', areEnded],
  ['没有两张工单同号 no two tickets have one number', areNumbered],
  ['已确认的写入不缺不重 nothing acknowledged is missing or doubled', isAccounted],
  ['流转记录可还原为工单 each history folds to its snapshot', areFolded],
  ['联系方式不外露 contact data is shown to nobody unmasked', areSealed],
  ['看不到无权看的工单 nobody sees another unit’s ticket', areHidden],
  ['协办、下派、并入的只露出自己的一份 a part shows a part', areCut],
  ['诉求人凭编号和查询码能查到 callers follow their tickets', areFollowed],
  ['单位列表不多不少 a unit’s list is what it may see', areListed],
  ['按原文词语能搜到 search finds tickets by their words', areFound],
  ['指标与逐条重算一致 measures equal a recount of all histories', areMeasured],
  ['并单的每位诉求人都已回访 every caller of a merged matter was called', areCalled],
  ['下派时限不晚于下派单位 no delegate is given longer than its parent', areWithinParents],
  ['挂起、会商期间不发牌 no card while the clock stands still', areStill],
  ['锁定的没有退单 what is locked is not returned', areLocked],
  ['各期限与按记录重算一致 deadlines equal a fresh recount', areRecounted],
  ['没有内部错误 no internal errors', ({ trouble }) => trouble.internal],
]

const TRIES = 3

/** Each function gives what is wrong; nothing is what it should give. */
export async function check(evidence: Evidence): Promise<{ checks: Check[]; views: ReadonlyMap<string, TicketView> }> {
  const found = await scan(evidence)
  const findings: Findings = { ...evidence, scan: found, views: found.mine }
  const checks: Check[] = []
  for (const [name, look] of CHECKS) {
    let wrong = await look(findings)
    // While others go on working, what was read at different moments may disagree.
    for (let tried = 0; wrong.length > 0 && tried < TRIES && (await found.again()); tried += 1)
      wrong = await look(findings)
    checks.push({ name, ok: wrong.length === 0, detail: wrong.length === 0 ? '' : summaryOf(wrong) })
  }
  return { checks, views: found.mine }
}

function summaryOf(wrong: readonly string[]): string {
  const shown = wrong.slice(0, 10).join('；')
  return wrong.length > 10 ? `${shown}；…… 共 ${wrong.length} 处` : shown
}
