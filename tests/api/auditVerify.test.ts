import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ANCHOR_FILE } from '@hotline/server/features/audit/anchorFile'
import { loadSecrets } from '@hotline/server/platform/secrets'
import type { Db } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROOT } from '../../scripts/lib/paths.mjs'
import { startApp, type TestApp } from '../helpers/app'
import { eventually, ok, openDatabase } from '../helpers/desk'

interface Row {
  _id: number
  reason?: string
}
interface AnchorFile {
  [database: string]: { seq: number }
}

const dataDir = mkdtempSync(join(tmpdir(), 'hotline-audit-'))
const copy = join(dataDir, 'copy.jsonl')
let first: TestApp
let second: TestApp
let db: Db
let close: () => Promise<void>
let last: number

beforeAll(async () => {
  const secrets = loadSecrets({}, dataDir, true)
  first = await startApp({ config: { dataDir, secrets } })
  second = await startApp({ beside: first })
  ;({ db, close } = await openDatabase(first))
  const lookups = [first, second].flatMap((app) =>
    Array.from({ length: 15 }, async (_, n) =>
      ok(await (await app.signIn('agent1')).post('/api/callers/lookup', { number: `1391234${1000 + n}` })),
    ),
  )
  await Promise.all(lookups)
  last = await db.collection('audit').countDocuments()
  await anchoredTo(last)
})
afterAll(async () => {
  await close()
  await second.stop()
  await first.stop()
  rmSync(dataDir, { recursive: true })
})

const anchorFile = () => JSON.parse(readFileSync(join(dataDir, ANCHOR_FILE), 'utf8')) as AnchorFile
const anchoredTo = (seq: number) =>
  eventually(
    async () => Object.values(anchorFile())[0]?.seq,
    (now) => now === seq,
  )

async function verify(args: string[] = [], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['--import', 'tsx', join(ROOT, 'scripts/audit-verify.ts'), ...args], {
    cwd: ROOT,
    env: { ...process.env, MONGODB_URI: first.uri, DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (said += String(part)))
  const [code] = (await once(child, 'exit')) as [number]
  return { code, said: said.trim() }
}

/** A copy of the log in the same database, changed. */
async function copied(change: (name: string) => Promise<unknown>) {
  await db
    .collection('audit')
    .aggregate([{ $out: 'auditCopy' }])
    .toArray()
  await change('auditCopy')
  return verify(['--collection', 'auditCopy'])
}

/** The same copy as a file, one byte or line of it changed. */
async function inFile(change: (text: string) => string) {
  const rows = await db.collection('audit').find().sort({ _id: 1 }).toArray()
  writeFileSync(copy, change(rows.map((row) => `${JSON.stringify(row)}\n`).join('')))
  return verify(['--file', copy], { MONGODB_URI: '' })
}

const withoutLine = (n: number) => (text: string) =>
  text
    .split('\n')
    .filter((_, index) => index !== n - 1)
    .join('\n')

describe('npm run audit:verify', { timeout: 120_000 }, () => {
  it('两个进程同时写的日志，真的那份通过', async () => {
    expect(await verify()).toEqual({ code: 0, said: `✓ 链完整至第 ${last} 条，与锚点一致` })
  })

  it('副本是真的就通过', async () => {
    expect((await copied(async () => undefined)).code).toBe(0)
    expect(await inFile((text) => text)).toEqual({ code: 0, said: `✓ 链完整至第 ${last} 条，与锚点一致` })
  })

  it('副本改了一个字节', async () => {
    const changed = await copied((name) =>
      db.collection<Row>(name).updateOne({ _id: 7 }, { $set: { 'details.total': 1 } as never }),
    )
    expect(changed).toEqual({ code: 1, said: '✗ 链在第 7 条断开：第 7 条被改动过' })
    const lines = (text: string) => text.split('\n')
    const start = (text: string, line: number) =>
      lines(text)
        .slice(0, line - 1)
        .join('\n').length + 1
    for (const line of [1, 9, last]) {
      const size = await db.collection<Row>('audit').findOne({ _id: line })
      for (const share of [0.02, 0.3, 0.6, 0.97]) {
        const result = await inFile((text) => {
          const at = (line === 1 ? 0 : start(text, line)) + Math.floor(JSON.stringify(size).length * share)
          const byte = text[at] === 'x' ? 'y' : 'x'
          return text.slice(0, at) + byte + text.slice(at + 1)
        })
        expect([line, share, result.code, result.said]).toEqual([
          line,
          share,
          1,
          expect.stringContaining(`第 ${line} 条`),
        ])
      }
    }
  })

  it('副本缺中间一条', async () => {
    const missing = await copied((name) => db.collection<Row>(name).deleteOne({ _id: 5 }))
    expect(missing).toEqual({ code: 1, said: '✗ 链在第 5 条断开：缺第 5 条' })
    expect((await inFile(withoutLine(5))).said).toBe('✗ 链在第 5 条断开：缺第 5 条')
  })

  it('副本缺最后一条、最后几条', async () => {
    const cut = await copied((name) => db.collection<Row>(name).deleteOne({ _id: last }))
    expect([cut.code, cut.said]).toEqual([1, expect.stringContaining(`缺最后一条（第 ${last} 条）`)])
    const file = await inFile(withoutLine(last))
    expect([file.code, file.said]).toEqual([1, expect.stringContaining(`缺最后一条（第 ${last} 条）`)])
    const more = await copied((name) => db.collection<Row>(name).deleteMany({ _id: { $gt: last - 3 } }))
    expect([more.code, more.said]).toEqual([1, expect.stringContaining(`缺最后的第 ${last - 2} 至 ${last} 条`)])
  })

  it('库里的日志连同锚点一起被截短：数据目录里的锚点看得出', async () => {
    const audit = db.collection<Row>('audit')
    const anchors = db.collection<{ _id: string }>('anchors')
    const row = (await audit.findOne({ _id: last })) as Row
    const anchor = (await anchors.findOne({ _id: 'audit' })) as { _id: string }
    await audit.deleteOne({ _id: last })
    await anchors.deleteOne({ _id: 'audit' })
    const cut = await verify()
    expect([cut.code, cut.said]).toEqual([1, expect.stringContaining(`缺最后一条（第 ${last} 条）`)])
    await audit.insertOne(row)
    await anchors.insertOne(anchor)
    expect((await verify()).code).toBe(0)
  })

  it('数据目录里没有锚点（另一台机器）：库里签名的锚点一样看得出', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'hotline-audit-'))
    writeFileSync(join(elsewhere, 'secrets.json'), readFileSync(join(dataDir, 'secrets.json')))
    expect((await verify([], { DATA_DIR: elsewhere })).code).toBe(0)
    const row = (await db.collection<Row>('audit').findOne({ _id: last })) as Row
    await db.collection<Row>('audit').deleteOne({ _id: last })
    expect((await verify([], { DATA_DIR: elsewhere })).said).toContain(`缺最后一条（第 ${last} 条）`)
    await db.collection<Row>('audit').insertOne(row)
    rmSync(elsewhere, { recursive: true })
  })

  it('另存的副本带着自己的锚点：日志继续写，它仍通过；截短了就不通过', async () => {
    const saved = join(dataDir, 'saved.jsonl')
    expect((await verify(['--save', saved])).code).toBe(0)
    ok(await (await first.signIn('agent1')).post('/api/callers/lookup', { number: '13912349999' }))
    await anchoredTo(last + 1)
    expect(await verify(['--file', saved], { MONGODB_URI: '' })).toMatchObject({ code: 0 })
    writeFileSync(saved, withoutLine(last)(readFileSync(saved, 'utf8')))
    expect(await verify(['--file', saved], { MONGODB_URI: '' })).toMatchObject({ code: 1 })
  })

  it('没有锚点可对照，不算通过；用法不对，是一句话', async () => {
    const bare = mkdtempSync(join(tmpdir(), 'hotline-audit-'))
    await inFile((text) => text)
    const { code, said } = await verify(['--file', copy], { MONGODB_URI: '', DATA_DIR: bare })
    expect([code, said]).toEqual([1, expect.stringContaining('还没有锚点')])
    expect(await verify(['--nonsense'])).toEqual({ code: 1, said: expect.stringContaining('用法') as string })
    rmSync(bare, { recursive: true })
  })
})
