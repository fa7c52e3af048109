import { LIFECYCLE } from '@hotline/shared/ticket/lifecycle'
import { OUTCOME_LABELS, STATUS_LABELS, type Outcome, type TicketStatus } from '@hotline/shared/ticket/labels'
import type { CommandType } from '@hotline/shared/ticket/commands'
import type { EventType } from '@hotline/shared/ticket/events'
import { FIRST_EVENT } from './checks/accounts'
import type { DrillResult, Progress } from './run'
import { STORIES, TIMED, type Story } from './stories'

interface Times {
  n: number
  p50: number
  p95: number
}

/** What `--json` writes. */
export interface Report {
  ok: boolean
  checks: DrillResult['checks']
  /** Tickets by status at the end. */
  counts: Partial<Record<TicketStatus, number>>
  outcomes: Partial<Record<Outcome, number>>
  /** Tickets by the road that they took. */
  roads: Partial<Record<Story, number>>
  /** Commands that only time or other hands bring about. */
  notPlayed: CommandType[]
  /** Roads that need a clock that can be moved, where there was none. */
  notTimed: Story[]
  /** How often the clock was moved forward. */
  leaps: number
  /** Milliseconds. */
  commands: Partial<Record<CommandType, Times>>
  seconds: number
  retries: { lost: number; postponed: number }
}

export function reportOf(result: DrillResult): Report {
  const { ok, checks, views, played, ledger, trouble } = result
  const all = [...views.values()]
  const timings = ledger.timings()
  const happened = new Set(all.flatMap(({ history }) => history.map(({ type }) => type)))
  return {
    ok,
    checks,
    counts: countBy(all.map(({ status }) => status)),
    outcomes: countBy(all.flatMap(({ outcome }) => outcome ?? [])),
    roads: countBy(played.flatMap(({ story, isExtra }) => (isExtra ? [] : story))),
    notPlayed: (Object.keys(LIFECYCLE) as CommandType[]).filter(
      (command) => !timings.has(command) && !isByClock(command, happened),
    ),
    notTimed: result.leaps === undefined ? [...TIMED] : [],
    leaps: result.leaps ?? 0,
    commands: Object.fromEntries([...timings].map(([command, times]) => [command, timesOf(times)])),
    seconds: round(result.seconds),
    retries: { lost: trouble.lost, postponed: trouble.postponed },
  }
}

/** Given by the clock alone, or by the clock instead of a person. */
function isByClock(command: CommandType, happened: ReadonlySet<EventType>): boolean {
  const { by } = LIFECYCLE[command]
  const isItsOwn = by.every((role) => role === 'system')
  return isItsOwn || (by.includes('system') && happened.has(FIRST_EVENT[command]))
}

function countBy<K extends string>(keys: readonly K[]): Partial<Record<K, number>> {
  const counts: Partial<Record<K, number>> = {}
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1
  return counts
}

function timesOf(times: readonly number[]): Times {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return { n: sorted.length, p50: round(at(0.5)), p95: round(at(0.95)) }
}

const round = (value: number) => Math.round(value * 10) / 10

export function print(report: Report, people: number): void {
  const { counts, outcomes, roads, commands, notPlayed, checks, seconds, retries } = report
  const tickets = sum(Object.values(counts))
  const clock = report.leaps > 0 ? `；时钟拨快 ${report.leaps} 次` : ''
  console.log(`\n${tickets} 张工单，${people} 人，${seconds} 秒；重试 ${retries.lost + retries.postponed} 次${clock}`)
  table('状态 status', rowsOf(counts, STATUS_LABELS, tickets))
  table('办结方式 outcome', rowsOf(outcomes, OUTCOME_LABELS, sum(Object.values(outcomes))))
  table('走过的路 road', rowsOf(roads, STORIES, sum(Object.values(roads))))
  const rows = Object.entries(commands).map(([command, { n, p50, p95 }]) => [
    `${LIFECYCLE[command as CommandType].label} ${command}`,
    ...[n, p50.toFixed(1), p95.toFixed(1)].map(String),
  ])
  table('操作 command', rows, ['n', 'p50 ms', 'p95 ms'])
  const labels = notPlayed.map((command) => `${LIFECYCLE[command].label} ${command}`)
  if (labels.length > 0) console.log(`\n没有走到 not played：${labels.join('，')}（由其他渠道引起，或件数太少）`)
  if (report.notTimed.length > 0)
    console.log(`\n未演练（需 DRILL_CLOCK=1）：${report.notTimed.map((story) => STORIES[story]).join('、')}、满月归档`)
  console.log('\n检查 checks')
  for (const { name, ok, detail } of checks) console.log(`${ok ? '✓' : '✗'} ${name}${detail ? `：${detail}` : ''}`)
}

function rowsOf<K extends string>(counts: Partial<Record<K, number>>, labels: Record<K, string>, of: number) {
  return (Object.entries(counts) as [K, number][])
    .sort(([, a], [, b]) => b - a)
    .map(([key, n]) => [`${labels[key]} ${key}`, String(n), `${((n / of) * 100).toFixed(1)} %`])
}

function table(title: string, rows: readonly string[][], heads: readonly string[] = []): void {
  console.log(`\n${padded(title, 38)}${heads.map((head) => head.padStart(9)).join('')}`)
  for (const [first = '', ...rest] of rows)
    console.log(padded(`  ${first}`, 38) + rest.map((cell) => cell.padStart(9)).join(''))
}

/** A Chinese character is two columns wide. */
function padded(text: string, width: number): string {
  const columns = [...text].reduce((total, char) => total + ((char.codePointAt(0) ?? 0) > 0x2e80 ? 2 : 1), 0)
  return text + ' '.repeat(Math.max(1, width - columns))
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0)

const EVERY_MS = { terminal: 200, log: 5_000 }

/** One line that is written over on a terminal, and one every few seconds elsewhere. */
export function createProgressLine(out: NodeJS.WriteStream): {
  show(progress: Progress): void
  note(text: string): void
  end(): void
} {
  const began = performance.now()
  const every = out.isTTY ? EVERY_MS.terminal : EVERY_MS.log
  let shownAt = 0
  let last: Progress | undefined
  const write = () => {
    if (!last) return
    const { ended, of, inFlight, acknowledged, trouble } = last
    const seconds = (performance.now() - began) / 1000
    const retries = trouble.lost + trouble.postponed
    const line =
      `${ended}/${of} 张办结，${inFlight} 张在途，${acknowledged} 次操作，${(acknowledged / seconds).toFixed(0)}/s` +
      (retries > 0 ? `，重试 ${retries}` : '')
    out.write(out.isTTY ? `\r\u001B[K${line}` : `${line}\n`)
  }
  return {
    show(progress) {
      last = progress
      if (performance.now() - shownAt < every) return
      shownAt = performance.now()
      write()
    },
    note(text) {
      out.write(out.isTTY ? `\r\u001B[K${text}\n` : `${text}\n`)
    },
    end() {
      write()
      if (out.isTTY) out.write('\n')
    },
  }
}
