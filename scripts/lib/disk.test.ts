import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { assertRoom, makeFolder } from './disk.mjs'

describe('数据目录', () => {
  it('逐级建立；已有的不动', async () => {
    const root = await mkdtemp(join(tmpdir(), 'disk-'))
    try {
      const deep = join(root, 'a/b/c')
      await makeFolder(deep)
      await makeFolder(deep)
      expect((await stat(deep)).isDirectory()).toBe(true)
    } finally {
      await rm(root, { recursive: true })
    }
  })

  it('建不了的地方马上用一句话拒绝，而不是没完没了', async () => {
    for (const dir of ['/proc/hotline', '/proc/hotline/data/x', '/dev/null/data'])
      await expect(assertRoom(dir, 1)).rejects.toThrow(`无法写入 ${dir}`)
  })
})
