import { AppError } from '@hotline/shared/error'
import { describe, expect, it } from 'vitest'
import { useBulkAcknowledge } from './useBulkAcknowledge'

const row = (id: string) => ({ id, no: `37160026112200000${id}`, version: 1, title: `第${id}件`, excerpt: '' })

describe('批量签收', () => {
  it('逐件签收，失败的指明是哪一件，其余照常', async () => {
    const bulk = useBulkAcknowledge({
      acknowledge: async ({ id }) => {
        if (id === '2') throw new AppError('illegalTransition', '承办任务办理中，不能签收')
      },
      versionOf: async () => 1,
    })
    await bulk.start([row('1'), row('2'), row('3')])
    expect(bulk.items.value.map(({ state }) => state)).toEqual(['done', 'failed', 'done'])
    expect(bulk.failed.value[0]).toMatchObject({ no: '371600261122000002', message: '承办任务办理中，不能签收' })
  })

  it('网络中断后重试用同一个键，服务器拒绝后重试用新版本和新键', async () => {
    const seen: { version: number; key: string }[] = []
    const failures = [new AppError('unavailable', '网络不通'), new AppError('staleVersion', '工单已被他人更新')]
    const bulk = useBulkAcknowledge({
      acknowledge: async ({ version, key }) => {
        seen.push({ version, key })
        const failure = failures.shift()
        if (failure) throw failure
      },
      versionOf: async () => 5,
    })
    await bulk.start([row('1')])
    await bulk.retry()
    await bulk.retry()
    expect(seen.map(({ version }) => version)).toEqual([1, 1, 5])
    expect(seen[1]?.key).toBe(seen[0]?.key)
    expect(seen[2]?.key).not.toBe(seen[0]?.key)
    expect(bulk.done.value).toBe(1)
  })
})
