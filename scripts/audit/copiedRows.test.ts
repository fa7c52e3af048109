import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hashOfAudit, START, verifyRows, type AuditRow, type Head } from '@hotline/server/features/audit/auditChain'
import { afterAll, describe, expect, it } from 'vitest'
import { rowsOfFile } from './copiedRows'

const dir = mkdtempSync(join(tmpdir(), 'audit-copy-'))
afterAll(() => rmSync(dir, { recursive: true }))
const file = join(dir, 'copy.jsonl')

let head: Head = START
const rows = ['诉求人“张三”', undefined, '核对'].map((reason, index): AuditRow => {
  const at = new Date(Date.UTC(2026, 10, 20, 2, 0, index))
  const who = { actorId: 'u1', actorName: '主任', unitId: '371600', action: 'ticket.revealed', target: 'tickets/t1' }
  const extra = { ...(reason ? { reason } : {}), ip: '::1', details: { total: index, roles: ['agent'], isNew: true } }
  const row = { _id: index + 1, at, ...who, ...extra, prevHash: head.hash }
  const whole = { ...row, hash: hashOfAudit(row) }
  head = { seq: whole._id, hash: whole.hash }
  return whole
})
const text = rows.map((row) => `${JSON.stringify(row)}\n`).join('')

function verdict(content: string) {
  writeFileSync(file, content)
  return verifyRows(rowsOfFile(file), [head])
}

describe('审计日志的副本文件', () => {
  it('原样通过；mongoexport 的写法也通过', async () => {
    expect(await verdict(text)).toEqual({ isIntact: true, count: 3, anchoredTo: 3 })
    const exported = rows.map(({ at, ...row }) => `${JSON.stringify({ ...row, at: { $date: at.toISOString() } })}\n`)
    expect((await verdict(exported.join(''))).isIntact).toBe(true)
    const canonical = exported.map((line) => line.replace(/"_id":(\d)/, '"_id":{"$numberInt":"$1"}'))
    expect((await verdict(canonical.join(''))).isIntact).toBe(true)
  })

  it('任何一个字节换成别的，都在那一条断开', async () => {
    const missed: string[] = []
    for (let index = 0; index < text.length - 1; index += 1)
      for (const byte of [['x', ' ', '0', '"'][index % 4] ?? 'x']) {
        if (text[index] === byte) continue
        const line = text.slice(0, index).split('\n').length
        const { isIntact, brokenAt } = await verdict(text.slice(0, index) + byte + text.slice(index + 1))
        if (isIntact || brokenAt !== line) missed.push(`${index} ${JSON.stringify(text.slice(index - 9, index + 9))}`)
      }
    expect(missed).toEqual([])
  })
})
