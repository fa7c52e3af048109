import { CALL_DIRECTION_LABELS, CALL_RESULT_LABELS } from '@hotline/shared/call/labels'
import { momentText } from '@hotline/shared/calendar/day'
import { AppError } from '@hotline/shared/error'
import { tableOf } from './calls/check'
import { readCommandLine } from './calls/options'
import type { PlayedCall } from './calls/play'
import { simulate } from './calls/simulate'

const MOST_TOLD = 20

/** Plays a telephone exchange to a running system, and checks what it holds of the calls. */
async function main(): Promise<number> {
  const line = readCommandLine(process.argv.slice(2), process.env)
  const ending = new AbortController()
  // A terminal's Ctrl+C comes here twice, once by way of npm: the second must not end what the first has begun to end.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => ending.abort())
  const many = Number.isFinite(line.count) ? `${line.count} 通` : '一直打，按 Ctrl+C 结束'
  console.log(`模拟来电 → ${line.address}，每分钟 ${line.rate} 通，${many}，种子 ${line.seed}`)
  const { played, comparison } = await simulate(line, { ending: ending.signal, onEnded: tellOf })
  console.log(`\n${tableOf(comparison)}\n`)
  console.log(`  事件 ${played.events} 个，其中重复 ${played.replays} 个；乱序或缺失的电话 ${played.shuffled} 通`)
  for (const difference of comparison.differences.slice(0, MOST_TOLD)) console.log(`  ✗ ${difference}`)
  const isSame = comparison.differences.length === 0
  console.log(isSame ? '\n两边一致 both sides agree' : `\n有 ${comparison.differences.length} 通不一致 they differ`)
  return isSame ? 0 : 1
}

function tellOf({ planned: { direction, expected, steps, isShuffled } }: PlayedCall): void {
  const time = momentText(new Date()).slice(11)
  const way = `${CALL_DIRECTION_LABELS[direction]} ${expected.extension ?? '排队'}`
  const isReplayed = steps.some(({ times }) => times > 1)
  const mischief = [...(isReplayed ? ['有重复'] : []), ...(isShuffled ? ['有乱序或缺失'] : [])].join('，')
  console.log(`  ${time} ${way} ${CALL_RESULT_LABELS[expected.result]}${mischief && `（${mischief}）`}`)
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof AppError ? error.message : error)
  process.exitCode = 2
}
