import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCrypto } from '@hotline/server/platform/crypto'
import { findSealedWith } from '@hotline/server/platform/reseal'
import { loadSecrets } from '@hotline/server/platform/secrets'
import type { TicketView } from '@hotline/shared/ticket/view'
import type { Db } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROOT } from '../../scripts/lib/paths.mjs'
import { startApp, type TestApp } from '../helpers/app'
import { aCaller, aReply, eventually, ok, openDatabase, openDesk, UNIT, type Desk } from '../helpers/desk'

interface Sealed {
  _id: string
  t: object
  no: string
  sealed: Record<string, string>
}

const dataDir = mkdtempSync(join(tmpdir(), 'hotline-rotation-'))
const MASKED = { name: '欧**', number: '138****1234' }
/** Enough for a change of keys to be met in the middle. */
const MANY = 1500

let first: TestApp
let second: TestApp
let desk: Desk
let db: Db
let close: () => Promise<void>
let before: TicketView
let replied: TicketView

beforeAll(async () => {
  const secrets = loadSecrets({}, dataDir, true)
  first = await startApp({ config: { dataDir, secrets } })
  second = await startApp({ beside: first })
  desk = openDesk(first)
  ;({ db, close } = await openDatabase(first))
  before = await desk.register()
  replied = await desk.inReview()
  await copies()
})
afterAll(async () => {
  await close()
  await second.stop()
  await first.stop()
  rmSync(dataDir, { recursive: true })
})

/** Many more sealed tickets of the same kind, each bound to its own id. */
async function copies(): Promise<void> {
  const crypto = createCrypto(loadSecrets({}, dataDir, false))
  const { _id: _, ...pattern } = (await tickets().findOne({ _id: before.id })) as Sealed
  const rows = Array.from({ length: MANY }, (_unused, n) => {
    const _id = `copy${String(n).padStart(6, '0')}`
    const seal = (field: string, text: string) => crypto.seal(text, `tickets/${_id}/${field}`)
    return {
      ...pattern,
      _id,
      t: { ...pattern.t, id: _id },
      no: `99${String(n).padStart(16, '0')}`,
      keys: [{ k: _id, h: '' }],
      nextCheckAt: undefined,
      sealed: {
        queryCode: seal('queryCode', 'ABCDEF'),
        name: seal('name', '王五'),
        number: seal('number', '13900001111'),
      },
    }
  })
  await tickets().insertMany(rows)
}

const tickets = () => db.collection<Sealed>('tickets')
const sealedWith = (keyId: string) => tickets().countDocuments({ 'sealed.queryCode': { $regex: `^${keyId}\\.` } })
const fieldKeys = () =>
  (JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8')) as { FIELD_KEYS: string }).FIELD_KEYS.split(',').map(
    (part) => part.split(':')[0],
  )

function rotate(...args: string[]) {
  const env = { ...process.env, MONGODB_URI: first.uri, DATA_DIR: dataDir }
  const child = spawn(process.execPath, ['--import', 'tsx', join(ROOT, 'scripts/keys-rotate.ts'), ...args], {
    cwd: ROOT,
    env: { ...env, JWT_SECRET: '', FIELD_KEYS: '', HASH_KEY: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (said += String(part)))
  const ended = once(child, 'exit')
  return {
    child,
    ended,
    said: () => said,
    async done() {
      const [code] = (await ended) as [number]
      return { code, said }
    },
  }
}

/** What a person at each process sees of a ticket. */
async function seen(ticket: { id: string }) {
  const answers = await Promise.all(
    [first, second].map(async (app) => (await app.signIn('dispatcher1')).get(`/api/tickets/${ticket.id}`)),
  )
  return answers.map((answer) => ok(answer).contact)
}

describe('轮换加密密钥', { timeout: 120_000 }, () => {
  it('中途被杀：两个进程照常读写；再执行一次，从断处继续，旧密钥封存的也读得出', async () => {
    const killed = rotate()
    await eventually(
      async () => killed.said(),
      (said) => /重新加密工单联系方式 [1-9]\d+\//.test(said),
    )
    killed.child.kill('SIGKILL')
    await killed.ended
    expect(fieldKeys()).toEqual(['k2', 'k1'])
    const left = await sealedWith('k1')
    expect(left).toBeGreaterThan(0)
    expect(left).toBeLessThan(MANY)
    expect(await seen(before)).toEqual([MASKED, MASKED])

    const meanwhile = rotate()
    const during = await desk.register({ caller: aCaller({ name: '欧阳静文' }) })
    expect(await seen(during)).toEqual([MASKED, MASKED])
    const { code, said } = await meanwhile.done()
    expect([code, said]).toEqual([0, expect.stringContaining('继续未完成的密钥轮换：k1 → k2')])
    expect(said).toContain('没有记录再使用旧密钥 k1')
    expect([await sealedWith('k1'), fieldKeys()]).toEqual([0, ['k2', 'k1']])
  })

  it('轮换以后：联系方式、反馈里的号码、按号码查询、查询码都照旧', async () => {
    expect(await seen(before)).toEqual([MASKED, MASKED])
    const officer = await second.signIn('callback1')
    const plain = await officer.post(`/api/tickets/${replied.id}/reveal`, {
      field: 'contactNumber',
      reason: '核对号码',
    })
    expect(ok(plain)).toEqual({ phone: '13800001234' })
    const found = ok(await officer.get('/api/tickets?q=13800001234'))
    expect(found.items.map(({ id }: TicketView) => id)).toContain(before.id)
    const copy = ok(await officer.get('/api/tickets/copy000001'))
    expect(copy.contact).toEqual({ name: '王**', number: '139****1111' })
    const queryCode = before.queryCode ?? ''
    expect(
      (await second.request('GET', `/api/public/tickets/${before.no}`, { headers: { 'Query-Code': queryCode } }))
        .status,
    ).toBe(200)
  })

  it('轮换途中写入的反馈号码也不丢', async () => {
    const handling = await desk.handling()
    const running = rotate()
    await desk.act(`handler@${UNIT}`, handling, 'reply', aReply(first.clock.now()))
    expect((await running.done()).code).toBe(0)
    const officer = await first.signIn('callback1')
    const plain = await officer.post(`/api/tickets/${handling.id}/reveal`, {
      field: 'contactNumber',
      reason: '核对号码',
    })
    expect(ok(plain).phone).toBe('13800001234')
    expect(fieldKeys()).toEqual(['k3', 'k2', 'k1'])
  })

  it('找还用旧密钥的记录，不翻附件的字节', async () => {
    const value = ((await tickets().findOne({ _id: before.id })) as Sealed).sealed.name ?? ''
    const ids = [value.split('.')[0] ?? '']
    await db.collection('attachments.chunks').insertOne({ files_id: 'x', n: 0, value, data: Buffer.alloc(1024) })
    const found = await findSealedWith(db as never, ids)
    await db.collection('attachments.chunks').deleteOne({ files_id: 'x' })
    expect([found.has('tickets'), found.has('attachments.chunks')]).toEqual([true, false])
  })

  it('两个人同时执行：只有一把新密钥，都正常结束', async () => {
    const both = [rotate(), rotate()]
    const [one, other] = await Promise.all(both.map((run) => run.done()))
    expect([one?.code, other?.code]).toEqual([0, 0])
    expect(fieldKeys().length).toBeLessThanOrEqual(5)
    const [current] = fieldKeys()
    expect(await sealedWith(current ?? '')).toBe(await tickets().countDocuments())
    expect(await seen(before)).toEqual([MASKED, MASKED])
  })

  it('有一条解不开：说出是哪条，不移除旧密钥；它在列表里写明，记一次错误，别的照常', async () => {
    const broken = await desk.register({}, 'agent2')
    await desk.register({}, 'agent2')
    const row = (await tickets().findOne({ _id: broken.id })) as Sealed
    const id = row.sealed.name?.split('.')[0] ?? ''
    await tickets().updateOne({ _id: broken.id }, { $set: { 'sealed.name': `${id}.${'A'.repeat(60)}` } })
    const dispatcher = await first.signIn('dispatcher1')
    const list = ok(await (await first.signIn('agent2')).get('/api/tickets'))
    const shown = list.items.map(({ id, contact }: TicketView) => [id === broken.id, contact])
    expect(new Map(shown)).toEqual(
      new Map<boolean, object>([
        [true, { name: '联系方式无法解密', isUnreadable: true }],
        [false, MASKED],
      ]),
    )
    expect(ok(await desk.see('dispatcher1', broken)).contact.name).toBe('联系方式无法解密')
    expect(await seen(before)).toEqual([MASKED, MASKED])
    const reveal = await dispatcher.post(`/api/tickets/${broken.id}/reveal`, { field: 'contact', reason: '核对号码' })
    expect([reveal.status, reveal.body.message]).toEqual([422, '联系方式无法解密，请联系系统管理员'])

    const { code, said } = await rotate('--retire').done()
    expect([code, said]).toEqual([0, expect.stringContaining('已移除')])
    const next = await rotate().done()
    expect([next.code, next.said]).toEqual([1, expect.stringContaining(broken.id)])
    const refused = await rotate('--retire').done()
    expect([refused.code, refused.said]).toEqual([1, expect.stringContaining('旧密钥请保留')])
    expect(fieldKeys()).toHaveLength(2)
    await tickets().updateOne({ _id: broken.id }, { $set: { 'sealed.name': row.sealed.name as string } })
  })

  it('移除旧密钥：只剩一把，运行中的进程和重新启动的都读得出；轮换和移除都在审计里', async () => {
    const { code, said } = await rotate('--retire').done()
    expect([code, said]).toEqual([0, expect.stringContaining('已移除')])
    expect(fieldKeys()).toHaveLength(1)
    expect(await seen(before)).toEqual([MASKED, MASKED])
    const third = await startApp({ beside: first, config: { secrets: loadSecrets({}, dataDir, false) } })
    const answer = await (await third.signIn('dispatcher1')).get(`/api/tickets/${before.id}`)
    expect(ok(answer).contact).toEqual(MASKED)
    await third.stop()
    const audit = ok(await (await first.signIn('director')).get('/api/audit?action=keys.retired'))
    expect(audit.items.length).toBeGreaterThan(0)
  })
})
