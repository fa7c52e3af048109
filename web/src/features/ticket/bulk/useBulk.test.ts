import { AppError } from '@hotline/shared/error'
import { describe, expect, it } from 'vitest'
import { useBulk } from './useBulk'

const row = (id: string) => ({ id, no: `37160026112200000${id}`, version: 1, title: `第${id}件`, excerpt: '' })

describe('批量签收', () => {
  it('逐件签收，失败的指明是哪一件，其余照常', async () => {
    const bulk = useBulk(async () => 1)
    const act = async ({ id }: { id: string }) => {
      if (id === '2') throw new AppError('illegalTransition', '承办任务办理中，不能签收')
    }
    await bulk.start([row('1'), row('2'), row('3')], { verb: '签收', act })
    expect(bulk.items.value.map(({ state }) => state)).toEqual(['done', 'failed', 'done'])
    expect(bulk.failed.value[0]).toMatchObject({ no: '371600261122000002', message: '承办任务办理中，不能签收' })
  })

  it('网络中断后重试用同一个键，服务器拒绝后重试用新版本和新键', async () => {
    const seen: { version: number; key: string }[] = []
    const failures = [new AppError('unavailable', '网络不通'), new AppError('staleVersion', '工单已被他人更新')]
    const bulk = useBulk(async () => 5)
    const act = async ({ version, key }: { version: number; key: string }) => {
      seen.push({ version, key })
      const failure = failures.shift()
      if (failure) throw failure
    }
    await bulk.start([row('1')], { verb: '签收', act })
    await bulk.retry()
    await bulk.retry()
    expect(seen.map(({ version }) => version)).toEqual([1, 1, 5])
    expect(seen[1]?.key).toBe(seen[0]?.key)
    expect(seen[2]?.key).not.toBe(seen[0]?.key)
    expect(bulk.done.value).toBe(1)
  })

  it('同一件工单的几项依次办，后一项用前一项之后的版本；别的工单同时进行', async () => {
    const seen: string[] = []
    const bulk = useBulk(async () => 1)
    const act = async ({ id, version, about }: { id: string; version: number; about?: string }) => {
      seen.push(`${id} ${about} ${version}`)
      await Promise.resolve()
      return { version: version + 1 }
    }
    const rows = [
      { ...row('1'), about: 's1' },
      { ...row('2'), about: 's1' },
      { ...row('1'), about: 's2' },
    ]
    await bulk.start(rows, { verb: '督办销号', act })
    expect(seen).toEqual(['1 s1 1', '2 s1 1', '1 s2 2'])
    expect(bulk.done.value).toBe(3)
  })
})
