import { parseArgs } from 'node:util'
import { AppError } from '@hotline/shared/error'

export const USAGE = `用法：npm run calls -- --rate 6/min [--agents agent1,agent2] [--count N] [--seed n]
                        [--address http://127.0.0.1:12345] [--token T] [--talk 10-25]

模拟一台电话交换机：振铃、接通、放弃、忙线、漏接、转振、呼出，夹着重复和乱序的事件；结束时核对系统里的记录。
不写 --count 就一直打，按 Ctrl+C 结束并核对。--rate 每分钟多少通（6/min）或每秒（1/s）。
--agents 只打给这些账号的分机，不写则打给所有分机。--talk 通话秒数。
不写 --token 就以 director 登录，接入一台“模拟交换机”，结束时停用它；密码取自环境变量 CALLS_PASSWORD，默认即演示密码。`

const DEMO_PASSWORD = 'Hotline@12345'
const DEFAULT_ADDRESS = 'http://127.0.0.1:12345'

export interface CommandLine {
  /** Calls a minute. */
  rate: number
  agents?: string[]
  count: number
  seed: string
  address: string
  token?: string
  talk: readonly [number, number]
  password: string
}

/** @throws AppError invalidInput with the usage */
export function readCommandLine(args: string[], env: NodeJS.ProcessEnv): CommandLine {
  const values = parsed(args)
  if (values.help) throw new AppError('invalidInput', USAGE)
  return {
    rate: rateOf(values.rate),
    agents: values.agents?.split(',').map((one) => one.trim()),
    count: values.count === undefined ? Infinity : countOf(values.count),
    seed: values.seed ?? String(Date.now()),
    address: addressOf(values.address ?? values.url ?? DEFAULT_ADDRESS),
    token: values.token,
    talk: talkOf(values.talk),
    password: env.CALLS_PASSWORD ?? DEMO_PASSWORD,
  }
}

function parsed(args: string[]) {
  const text = { type: 'string' } as const
  try {
    return parseArgs({
      args,
      options: {
        rate: { ...text, default: '6/min' },
        agents: text,
        count: text,
        seed: text,
        address: text,
        url: text,
        token: text,
        talk: { ...text, default: '10-25' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values
  } catch (error) {
    throw new AppError('invalidInput', `${(error as Error).message}\n\n${USAGE}`)
  }
}

function rateOf(text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(?:\/(s|m|min))?$/.exec(text) ?? []
  const perMinute = Number(number) * (unit === 's' ? 60 : 1)
  if (perMinute > 0) return perMinute
  throw new AppError('invalidInput', `--rate 应写作 6/min 或 1/s，而不是 ${text}`)
}

function countOf(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value > 0) return value
  throw new AppError('invalidInput', `--count 应为正整数，而不是 ${text}`)
}

function talkOf(text: string): [number, number] {
  const [, from, to] = /^(\d+)-(\d+)$/.exec(text) ?? []
  if (from !== undefined && to !== undefined && Number(from) <= Number(to)) return [Number(from), Number(to)]
  throw new AppError('invalidInput', `--talk 应写作 10-25，而不是 ${text}`)
}

function addressOf(text: string): string {
  if (/^https?:\/\/[^/\s]+\/?$/.test(text)) return text.replace(/\/$/, '')
  throw new AppError('invalidInput', `--address 应写作 ${DEFAULT_ADDRESS}，而不是 ${text}`)
}
