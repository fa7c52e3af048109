import { createWriteStream, existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { resolve } from 'node:path'
import { readAnchorFile } from '@hotline/server/features/audit/anchorFile'
import { createAnchorStore, type Anchor } from '@hotline/server/features/audit/auditAnchor'
import { verifyRows, type AuditRow, type Verdict } from '@hotline/server/features/audit/auditChain'
import { createCrypto } from '@hotline/server/platform/crypto'
import { createLogger } from '@hotline/server/platform/log'
import { connectMongo, type Database } from '@hotline/server/platform/mongo'
import { loadSecrets } from '@hotline/server/platform/secrets'
import { verdictSentence } from '@hotline/shared/audit/audit'
import { AppError } from '@hotline/shared/error'
import { rowsOfFile } from './audit/copiedRows'

const USAGE = `用法：npm run audit:verify -- [选项]
  （无）                核对数据库里的审计日志：散列链，和日志之外的锚点
  --collection 名       核对同一数据库里的一份副本
  --file 副本.jsonl     核对文件里的一份副本（每行一条）
  --anchor 锚点文件     用复制时的锚点（--save 写在副本旁边的 .anchor）；默认用副本旁边的，再用 DATA_DIR 里的
  --save 副本.jsonl     核对无误后另存一份副本及其锚点
完整退出码为 0，否则为 1。数据库：MONGODB_URI，否则正在运行的，否则 DATA_DIR 里的。`

const OPTIONS = {
  collection: { type: 'string' },
  file: { type: 'string' },
  anchor: { type: 'string' },
  save: { type: 'string' },
  help: { type: 'boolean' },
} as const

async function main(): Promise<number> {
  const line = commandLine()
  if (line.help) {
    console.log(USAGE)
    return 0
  }
  return line.file ? ofFile(line.file, line.anchor) : onDatabase(line)
}

function commandLine() {
  try {
    return parseArgs({ options: OPTIONS }).values
  } catch {
    throw new AppError('invalidInput', USAGE)
  }
}

const dataDir = resolve(process.env.DATA_DIR ?? '.data')

async function onDatabase({ collection, save }: { collection?: string; save?: string }): Promise<number> {
  const database = await connectMongo(process.env.MONGODB_URI ?? '', createLogger('warn'))
  try {
    const rows = database.db.collection<AuditRow>(collection ?? 'audit')
    const { anchors, forged } = await anchorsOf(database)
    const verdict = await verifyRows(rows.find().sort({ _id: 1 }), anchors)
    if (verdict.isIntact && forged.length > 0) {
      const place = forged.includes('file') ? 'DATA_DIR 里的锚点文件' : '数据库里的锚点'
      return say(
        { ...verdict, isIntact: false },
        `链本身完整至第 ${verdict.count} 条，但${place}签名不对，有人改过锚点`,
      )
    }
    const code = say(verdict, collection ? sentenceOfCopy(verdict) : undefined)
    if (save && code === 0) await saveCopy(save, rows.find({ _id: { $lte: verdict.count } }).sort({ _id: 1 }), verdict)
    return code
  } finally {
    await database.close()
  }
}

async function anchorsOf({ db }: Database) {
  const store = createAnchorStore(db, createCrypto(loadSecrets(process.env, dataDir, false)), dataDir)
  const found = await store.read()
  if (found.anchors.length > 0 || found.forged.length > 0) return found
  // Only the log was copied into this database: what the data folder remembers of the original speaks for it.
  const first = await db.collection<AuditRow>('audit').findOne({ _id: 1 })
  return { anchors: Object.values(readAnchorFile(dataDir)).filter((one) => one.first === first?.hash), forged: [] }
}

async function ofFile(file: string, anchorFile: string | undefined): Promise<number> {
  if (!existsSync(file)) throw new AppError('notFound', `没有文件 ${file}`)
  const beside = anchorFile ?? (existsSync(`${file}.anchor`) ? `${file}.anchor` : undefined)
  const anchors = beside ? [await readAnchor(beside)] : await anchorsFor(file)
  const verdict = await verifyRows(rowsOfFile(file), anchors)
  return say(verdict, beside ? undefined : sentenceOfCopy(verdict))
}

/** A copy that ends early was cut, or was made before the log went on: only an anchor of its time can tell. */
function sentenceOfCopy(verdict: Verdict): string {
  const isShort = !verdict.isIntact && verdict.why?.startsWith('缺最后')
  const hint = '（副本若在此之前复制，日志后来又有新记录，请用 --save 另存副本，连同当时的锚点核对）'
  return verdictSentence(verdict) + (isShort ? hint : '')
}

async function readAnchor(file: string): Promise<Anchor> {
  try {
    const anchor = JSON.parse(await readFile(file, 'utf8')) as Anchor
    if (typeof anchor.seq === 'number' && typeof anchor.hash === 'string') return anchor
  } catch {
    // Said below.
  }
  throw new AppError('invalidInput', `${file} 不是锚点文件`)
}

/** Of the logs that the data folder remembers the one that begins as this copy does; the only one, if there is one only. */
async function anchorsFor(file: string): Promise<Anchor[]> {
  const known = Object.values(readAnchorFile(dataDir))
  for await (const row of rowsOfFile(file)) {
    const own = known.filter(({ first }) => first === row.hash)
    return own.length > 0 || known.length !== 1 ? own : known
  }
  return known.length === 1 ? known : []
}

async function saveCopy(file: string, rows: AsyncIterable<AuditRow>, { count }: Verdict): Promise<void> {
  const out = createWriteStream(file, { flags: 'wx', mode: 0o600 })
  let last: AuditRow | undefined
  for await (const row of rows) {
    if (!out.write(`${JSON.stringify(row)}\n`)) await once(out, 'drain')
    last = row
  }
  out.end()
  await once(out, 'finish')
  await writeFile(`${file}.anchor`, `${JSON.stringify({ seq: count, hash: last?.hash })}\n`, { mode: 0o600 })
  console.log(`副本已存为 ${file}，锚点在 ${file}.anchor；请把两者分开保管`)
}

/** A log whose end nobody vouches for is not shown to be whole. */
function say(verdict: Verdict, sentence = verdictSentence(verdict)): number {
  const isGood = verdict.isIntact && (verdict.anchoredTo > 0 || verdict.count === 0)
  console.log(`${isGood ? '✓' : '✗'} ${sentence}`)
  return isGood ? 0 : 1
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof AppError ? error.message : error)
  process.exitCode = 1
}
