import { describe, expect, it } from 'vitest'
import { COMMAND_SCHEMAS, COMMAND_TYPES, isCommandType } from './commands'
import { LIFECYCLE } from './lifecycle'
import { CANONICAL, commandOf } from './testing/inputs'
import { after } from './testing/given'
import * as s from './testing/stories'
import { BUREAU, MONDAY } from './testing/world'

const given = { ticket: after(s.handling), at: MONDAY, unitId: BUREAU }

describe('命令的格式', () => {
  it('每条命令在办理程序里都有一行，每行都有名称', () => {
    expect(Object.keys(LIFECYCLE).sort()).toEqual([...COMMAND_TYPES].sort())
    for (const type of COMMAND_TYPES) expect(LIFECYCLE[type].label).toMatch(/^[一-鿿]+$/)
    expect(new Set(COMMAND_TYPES.map((type) => LIFECYCLE[type].label)).size).toBe(COMMAND_TYPES.length)
  })

  it.each(COMMAND_TYPES)('%s：多余的字段是错误，不会悄悄丢掉', (type) => {
    const body = { ...CANONICAL[type](given), ...(type === 'register' ? {} : { version: 1 }), type }
    expect(COMMAND_SCHEMAS[type].safeParse(body).success).toBe(true)
    expect(COMMAND_SCHEMAS[type].safeParse({ ...body, status: 'closed' }).success).toBe(false)
  })

  it.each(COMMAND_TYPES.filter((type) => type !== 'register'))('%s：须带看到的版本号', (type) => {
    const body = { ...CANONICAL[type](given), type }
    for (const version of [undefined, -1, 1.5, '1'])
      expect(COMMAND_SCHEMAS[type].safeParse({ ...body, version }).success).toBe(false)
  })

  it('经过网络的时间是文字，读进来是时间', () => {
    expect(commandOf('transferEmergency', given, { transferredAt: '2026-11-23T01:00:00Z' })).toMatchObject({
      transferredAt: MONDAY,
    })
    expect(() => commandOf('recordContact', given, { contactedAt: '昨天' })).toThrow('时间格式不正确')
    expect(() => commandOf('recordContact', given, { contactedAt: null as never })).toThrow()
    expect(() => commandOf('recordContact', given, { contactedAt: '2026-11-23T09:00' })).toThrow('时间格式不正确')
  })

  it('没有数字的不是号码：否则它们都成了同一个人', () => {
    const caller = (number: string) => COMMAND_SCHEMAS.register.shape.caller.safeParse({ number }).success
    for (const number of ['+----', '+(  )', '+1-2-']) expect([number, caller(number)]).toEqual([number, false])
    for (const number of ['110', '+86 138-0000-0000', '0543-3161234']) expect(caller(number)).toBe(true)
  })

  it('坐标在国内，时限在合理范围', () => {
    for (const location of [
      { lng: 0, lat: 37 },
      { lng: 118, lat: 90 },
    ])
      expect(() => commandOf('register', given, { location })).toThrow()
    for (const limit of [
      { kind: 'workdays' as const, n: 0 },
      { kind: 'workdays' as const, n: 2.5 },
      { kind: 'hours' as const, n: 0.1 },
    ])
      expect(() => commandOf('dispatch', given, { limit })).toThrow()
  })

  it('对象自带的名字不是命令', () => {
    for (const name of ['constructor', 'toString', '__proto__', 'close', '']) expect(isCommandType(name)).toBe(false)
    expect(isCommandType('requestReturn')).toBe(true)
  })
})
