import { readFile, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { AppError } from '@hotline/shared/error'
import { readMessages, type Message } from './messages'

export const USAGE = `用法：npm run drill -- --file FILE [--count 300] [--rate 5/s] [--json FILE]
                        [--url http://127.0.0.1:12345 …] [--seed 1] [--concurrency 16] [--patience 120]

FILE 每行一条 JSON：title，detail 或 content；有则用 time 或 date、reply、district、nature。
--url 可重复或用逗号分隔；演示账号的密码取自环境变量 DRILL_PASSWORD，默认即演示密码。
--rate 每秒（5/s）或每分钟（60/m）最多登记多少条；--patience 系统中断时最多等多少秒。`

const DEMO_PASSWORD = 'Hotline@12345'
const DEFAULT_URL = 'http://127.0.0.1:12345'

export interface CommandLine {
  file: string
  count: number
  json?: string
  urls: string[]
  seed: string
  rate?: number
  concurrency: number
  patienceMs: number
  password: string
}

/** @throws AppError invalidInput with the usage */
export function readCommandLine(args: string[], env: NodeJS.ProcessEnv): CommandLine {
  const { values } = parsed(args)
  if (values.help || !values.file) throw new AppError('invalidInput', USAGE)
  const urls = (values.url ?? [DEFAULT_URL]).flatMap((text) => text.split(',')).map((text) => text.trim())
  return {
    file: values.file,
    count: positive('count', values.count),
    json: values.json,
    urls: urls.filter(Boolean).map(addressOf),
    seed: values.seed,
    rate: values.rate === undefined ? undefined : rateOf(values.rate),
    concurrency: positive('concurrency', values.concurrency),
    patienceMs: positive('patience', values.patience) * 1000,
    password: env.DRILL_PASSWORD ?? DEMO_PASSWORD,
  }
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        file: { type: 'string' },
        count: { type: 'string', default: '300' },
        rate: { type: 'string' },
        json: { type: 'string' },
        url: { type: 'string', multiple: true },
        seed: { type: 'string', default: '1' },
        concurrency: { type: 'string', default: '16' },
        patience: { type: 'string', default: '120' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw new AppError('invalidInput', `${(error as Error).message}\n\n${USAGE}`)
  }
}

function positive(name: string, text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value > 0) return value
  throw new AppError('invalidInput', `--${name} 应为正整数，而不是 ${text}`)
}

/** Messages a second. */
function rateOf(text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(?:\/(s|m|min))?$/.exec(text) ?? []
  const perSecond = Number(number) / (unit === undefined || unit === 's' ? 1 : 60)
  if (perSecond > 0) return perSecond
  throw new AppError('invalidInput', `--rate 应写作 5/s 或 60/m，而不是 ${text}`)
}

function addressOf(text: string): string {
  if (/^https?:\/\/[^/\s]+\/?$/.test(text)) return text.replace(/\/$/, '')
  throw new AppError('invalidInput', `--url 应写作 ${DEFAULT_URL}，而不是 ${text}`)
}

/** @throws AppError invalidInput: the file cannot be read, or holds too few messages */
export async function loadMessages(file: string, count: number): Promise<Message[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new AppError('invalidInput', `读不到 ${file}（${error.code}）`)
  })
  const messages = readMessages(text)
  if (messages.length === 0) throw new AppError('invalidInput', `${file} 里没有可用的诉求`)
  return messages.slice(0, count)
}

/** Before the drill begins: a place that cannot be written to must not cost ten minutes. @throws AppError */
export async function assertWritable(file: string | undefined): Promise<void> {
  if (file === undefined) return
  await writeFile(file, '').catch((error: NodeJS.ErrnoException) => {
    throw new AppError('invalidInput', `写不了 ${file}（${error.code}）`)
  })
}
