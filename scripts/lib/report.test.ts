import { describe as group, expect, it } from 'vitest'
import { assertSpace } from './disk.mjs'
import { withoutPassword } from './mongoUri.mjs'
import { describe, problem } from './problem.mjs'
import { countCases } from './testReport.mjs'
import { columns } from './welcome.mjs'

const file = (status: string, ...cases: string[]) => ({ status, assertionResults: cases.map((s) => ({ status: s })) })

group('测试计数', () => {
  it('数用例', () =>
    expect(
      countCases({
        success: false,
        testResults: [file('failed', 'passed', 'failed'), file('passed', 'passed', 'pending')],
      }),
    ).toEqual({ passed: 2, failed: 1, skipped: 1 }))

  it('文件装载失败或钩子抛错，用例一个没坏，也算一个失败', () =>
    expect(countCases({ success: false, testResults: [file('failed'), file('passed', 'passed')] })).toEqual({
      passed: 1,
      failed: 1,
      skipped: 0,
    }))

  it('没有报告就是失败', () => expect(countCases(undefined).failed).toBe(1))

  it('全部通过', () =>
    expect(countCases({ success: true, testResults: [file('passed', 'passed')] })).toEqual({
      passed: 1,
      failed: 0,
      skipped: 0,
    }))
})

group('给人看的话', () => {
  it('磁盘不足时说出目录、剩余与需要', () => {
    expect(() => assertSpace({ bavail: 100, bsize: 1e6 }, 500, '/data')).toThrow('/data 只剩 100 MB，至少需要 500 MB')
    expect(() => assertSpace({ bavail: 600, bsize: 1e6 }, 500, '/data')).not.toThrow()
  })

  it('磁盘写满的底层错误也变成一句话', () =>
    expect(describe(new Error("ENOSPC: no space left on device, write '/x'"))).toContain('磁盘已满'))

  it('预料之中的问题不带堆栈', () => expect(describe(problem('甲。', 'A.'))).toBe('甲。 A.'))

  it('数据库地址里的密码不外露', () =>
    expect(withoutPassword('mongodb://u:p%40ss@h1:1,h2:2/x?replicaSet=r')).toBe(
      'mongodb://***@h1:1,h2:2/x?replicaSet=r',
    ))

  it('账号表按显示宽度对齐', () =>
    expect(
      columns([
        ['角色', 'a'],
        ['话务员', 'b'],
        ['x', 'c'],
      ]),
    ).toEqual(['角色    a', '话务员  b', 'x       c']))
})
