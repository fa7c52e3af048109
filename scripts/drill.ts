import { writeFile } from 'node:fs/promises'
import { AppError } from '@hotline/shared/error'
import { assertWritable, loadMessages, readCommandLine } from './drill/options'
import { createProgressLine, print, reportOf } from './drill/report'
import { momentText } from '@hotline/shared/calendar/day'
import { runDrill } from './drill/run'

/** Plays real messages through the public interface of a running system, and checks what has become of them. */
async function main(): Promise<number> {
  const line = readCommandLine(process.argv.slice(2), process.env)
  const messages = await loadMessages(line.file, line.count)
  await assertWritable(line.json)
  if (messages.length < line.count) console.log(`文件里只有 ${messages.length} 条`)
  console.log(`演练 ${messages.length} 条诉求 → ${line.urls.join('，')}`)
  const progress = createProgressLine(process.stderr)
  const onLeap = (now: Date, waiting: number) => progress.note(`时钟拨到 ${momentText(now)}，${waiting} 张在等`)
  const result = await runDrill({ ...line, messages, onProgress: progress.show, onLeap }).finally(progress.end)
  const report = reportOf(result)
  print(report, result.people)
  if (line.json) await writeFile(line.json, `${JSON.stringify(report, null, 2)}\n`)
  console.log(report.ok ? '\n全部成立 all checks hold' : '\n有检查不成立 some checks do not hold')
  return report.ok ? 0 : 1
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof AppError ? error.message : error)
  process.exitCode = 2
}
