import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compare } from '../../scripts/calls/check'
import { readCommandLine } from '../../scripts/calls/options'
import { simulate } from '../../scripts/calls/simulate'
import { startApp, type TestApp } from '../helpers/app'
import { ok } from '../helpers/desk'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.stop())

const lineOf = (...args: string[]) => readCommandLine(['--address', app.url, ...args], {})

describe('模拟交换机', () => {
  it('几十通电话一口气打完，重复的、乱序的都在，两边一致；用完的令牌停用了', async () => {
    const { signal } = new AbortController()
    const line = lineOf('--count', '40', '--seed', '7')
    const { played, comparison } = await simulate(line, { ending: signal, isAtOnce: true })
    expect(comparison.differences).toEqual([])
    expect(played.calls.length).toBe(40)
    expect([played.replays > 0, played.shuffled > 0]).toEqual([true, true])
    expect(comparison.rows.at(-1)).toEqual({ label: '合计', sent: played.calls.length, held: played.calls.length })
    const [exchange] = ok(await (await app.signIn('director')).get('/api/call-settings')).exchanges
    expect(exchange).toMatchObject({ name: '模拟交换机' })
    expect(exchange.revokedAt).toBeDefined()
  }, 60_000)

  it('只打给点名的话务员', async () => {
    const { signal: ending } = new AbortController()
    const line = lineOf('--count', '8', '--agents', 'agent2', '--seed', '3')
    const { played } = await simulate(line, { ending, isAtOnce: true })
    const extensions = new Set(played.calls.flatMap(({ planned }) => planned.expected.extension ?? []))
    expect([...extensions]).toEqual(['8002'])
    await expect(simulate(lineOf('--agents', 'nobody'), { ending })).rejects.toThrow('没有账号 nobody')
  })

  it('按下结束，不再有新的来电，已经在打的立即打完', async () => {
    const ending = new AbortController()
    const onEnded = () => ending.abort()
    const line = lineOf('--rate', '20/s', '--seed', '5', '--talk', '0-0')
    const { played, comparison } = await simulate(line, { ending: ending.signal, onEnded })
    expect(comparison.differences).toEqual([])
    expect(played.calls.length).toBeGreaterThan(0)
  })

  it('系统里少一通、错一通，都看得出来', () => {
    const planned = {
      startsAt: 0,
      direction: 'in' as const,
      isShuffled: false,
      expected: { result: 'answered' as const, extension: '8001' },
      steps: [{ at: 0, times: 1, message: { event: 'newCall' as const, callId: 'sim-1' } }],
    }
    const calls = [
      { planned, ids: new Set(['a']) },
      { planned, ids: new Set(['b']) },
      { planned, ids: new Set(['c', 'd']) },
    ]
    const base = {
      direction: 'in' as const,
      state: 'done' as const,
      number: '',
      isPlain: false,
      labels: [],
      tickets: [],
    }
    const held = [{ ...base, id: 'a', result: 'missed' as const, ringAt: '', agentId: 'u1' }]
    const { differences } = compare({ calls }, held, new Map([['8001', 'u1']]))
    expect(differences).toEqual(['sim-1：应为接通，系统里是漏接', 'sim-1：系统里没有', 'sim-1：一通电话成了 2 条记录'])
  })

  it.each([
    ['6/min', 6],
    ['1/s', 60],
    ['0.5', 0.5],
  ])('--rate %s', (text, perMinute) => expect(lineOf('--rate', text).rate).toBe(perMinute))

  it('写错的参数说清楚', () => {
    expect(() => lineOf('--rate', 'fast')).toThrow('--rate')
    expect(() => lineOf('--count', '-1')).toThrow()
    expect(() => lineOf('--talk', '9-3')).toThrow('--talk')
    expect(() => lineOf('--what')).toThrow('用法')
  })
})
