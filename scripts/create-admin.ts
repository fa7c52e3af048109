import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { loadConfig } from '@hotline/server/config'
import { AUDIT_TOPIC, createAudit } from '@hotline/server/features/audit/auditService'
import { assertGoodPassword, hashPassword } from '@hotline/server/features/user/passwords'
import { createUserStore } from '@hotline/server/features/user/userStore'
import { SYSTEM_CLOCK } from '@hotline/server/platform/clock'
import { createLogger } from '@hotline/server/platform/log'
import { migrateDatabase } from '@hotline/server/migrations'
import { connectMongo } from '@hotline/server/platform/mongo'
import { createOutbox } from '@hotline/server/platform/outbox'
import { CLOCK } from '@hotline/shared/actor'
import { AppError } from '@hotline/shared/error'
import { Username } from '@hotline/shared/user/account'

const USAGE = `用法：npm run create-admin -- <账号> [姓名] [--force]
密码取自环境变量 ADMIN_PASSWORD，否则从标准输入读取一行。
数据库由 MONGODB_URI 指定，密钥同服务（DATA_DIR 或环境变量）。已有管理员时须加 --force。`

async function main(): Promise<void> {
  const words = process.argv.slice(2)
  const isForced = words.includes('--force')
  const [username, name = '系统管理员'] = words.filter((word) => !word.startsWith('--'))
  if (!username) throw new AppError('invalidInput', USAGE)
  const parsed = Username.safeParse(username)
  if (!parsed.success) throw new AppError('invalidInput', parsed.error.issues[0]?.message ?? USAGE)
  const config = loadConfig(process.env)
  const logger = createLogger('warn')
  const database = await connectMongo(config.mongoUri, logger)
  try {
    await migrateDatabase(database, logger)
    const { store } = createUserStore(database)
    if (!isForced && (await store.countAdministrators()) > 0) {
      throw new AppError('ruleViolated', '已经有系统管理员；确实要再建一个，请加 --force')
    }
    const password = process.env.ADMIN_PASSWORD ?? (await readLine('新管理员的密码：'))
    assertGoodPassword(password, username)
    const unitId = `${config.cityCode}-12345`
    const passwordHash = await hashPassword(password)
    const { receive, ...audit } = createAudit(database.db, SYSTEM_CLOCK)
    const outbox = createOutbox(database.db, logger)
    outbox.receive(AUDIT_TOPIC, receive)
    const user = await outbox.transact(async (tx) => {
      const row = { username: parsed.data, name, roles: ['administrator' as const], unitId, passwordHash }
      const made = await store.insert(row, SYSTEM_CLOCK.now(), tx)
      const target = `users/${made._id}`
      audit.appendWith(tx, { actor: CLOCK, action: 'user.created', target, reason: '由命令行建立的管理员' })
      return made
    })
    console.log(`已建立系统管理员 ${user.username}（${user.name}）`)
  } finally {
    await database.close()
  }
}

/** Not echoed on a terminal; from a pipe, its first line. */
function readLine(question: string): Promise<string> {
  const isTerminal = process.stdin.isTTY === true
  const output = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output, terminal: isTerminal })
  if (isTerminal) process.stderr.write(question)
  return new Promise((resolve) => {
    lines.once('line', (line) => {
      if (isTerminal) process.stderr.write('\n')
      resolve(line.trim())
      lines.close()
    })
    lines.once('close', () => resolve(''))
  })
}

main().catch((error: unknown) => {
  console.error(error instanceof AppError ? error.message : error)
  process.exitCode = 1
})
