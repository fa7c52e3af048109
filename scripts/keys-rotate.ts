import { parseArgs } from 'node:util'
import { resolve } from 'node:path'
import { createAnchorStore } from '@hotline/server/features/audit/auditAnchor'
import { createAuditKeeper } from '@hotline/server/features/audit/auditKeeper'
import { createAudit } from '@hotline/server/features/audit/auditService'
import { SEALED_IN_CALLS } from '@hotline/server/features/call/callStore'
import { SEALED_IN_MESSAGES } from '@hotline/server/features/message/messageService'
import { SEALED_IN_RATINGS } from '@hotline/server/features/rating/ratingStore'
import { SEALED_IN_ROSTER } from '@hotline/server/features/roster/rosterStore'
import { SEALED_IN_TICKETS } from '@hotline/server/features/ticket/sealedContact'
import { SEALED_IN_UNIT_PHONES } from '@hotline/server/features/unit/dutyPhones'
import { SEALED_IN_USERS } from '@hotline/server/features/user/userView'
import { SYSTEM_CLOCK } from '@hotline/server/platform/clock'
import { createCrypto, type Crypto } from '@hotline/server/platform/crypto'
import { assertSameSecrets, SEALED_IN_META } from '@hotline/server/platform/fingerprint'
import { rotateKeys } from '@hotline/server/platform/keyRotation'
import { createLogger } from '@hotline/server/platform/log'
import { connectMongo, type Db } from '@hotline/server/platform/mongo'
import type { SealedPlace } from '@hotline/server/platform/reseal'
import { loadSecrets } from '@hotline/server/platform/secrets'
import { CLOCK } from '@hotline/shared/actor'
import { AppError } from '@hotline/shared/error'

const USAGE = `用法：npm run keys:rotate [-- --retire]
  （无）      换一把新的加密密钥，运行中的进程随即换用；把已加密的联系方式用新密钥重新加密。可以中断，再执行即继续
  --retire    没有记录再使用旧密钥以后，移除旧密钥
数据库：MONGODB_URI，否则正在运行的，否则 DATA_DIR 里的。密钥：环境变量，否则 DATA_DIR/secrets.json。`

const PLACES = [
  SEALED_IN_META,
  SEALED_IN_USERS,
  SEALED_IN_TICKETS,
  SEALED_IN_MESSAGES,
  SEALED_IN_RATINGS,
  SEALED_IN_CALLS,
  SEALED_IN_ROSTER,
  SEALED_IN_UNIT_PHONES,
] as readonly SealedPlace[]

async function main(): Promise<number> {
  const { retire = false, help } = options()
  if (help) {
    console.log(USAGE)
    return 0
  }
  const dataDir = resolve(process.env.DATA_DIR ?? '.data')
  const secrets = loadSecrets(process.env, dataDir, false)
  const database = await connectMongo(process.env.MONGODB_URI ?? '', createLogger('warn'))
  try {
    const crypto = createCrypto(secrets)
    await assertSameSecrets(database.db, crypto)
    const audit = createAudit(database.db, SYSTEM_CLOCK)
    const isClean = await rotateKeys(
      {
        db: database.db,
        crypto,
        places: PLACES,
        dataDir: secrets.follow ? dataDir : undefined,
        now: () => SYSTEM_CLOCK.now(),
        say: (line) => console.log(line),
        onProgress: createProgress(),
        onChanged: (action, from, to) =>
          audit.append({ actor: CLOCK, action, target: `keys/${to}`, details: { from: [...from], to } }),
      },
      { retire },
    )
    await anchorAudit(database.db, crypto, dataDir)
    return isClean ? 0 : 1
  } finally {
    await database.close()
  }
}

/** What was appended here is anchored before this process is gone. */
async function anchorAudit(db: Db, crypto: Crypto, dataDir: string): Promise<void> {
  const store = createAnchorStore(db, crypto, dataDir)
  await createAuditKeeper({ db, store, clock: SYSTEM_CLOCK, logger: createLogger('warn') }).stop()
}

function options() {
  try {
    return parseArgs({ options: { retire: { type: 'boolean' }, help: { type: 'boolean' } } }).values
  } catch {
    throw new AppError('invalidInput', USAGE)
  }
}

/** A line at the beginning, one for every tenth, and one at the end of each place. */
function createProgress() {
  let shown = ''
  return (label: string, seen: number, total: number) => {
    const tenth = total === 0 ? 10 : Math.floor((seen / total) * 10)
    if (total === 0 || shown === `${label}${tenth}`) return
    shown = `${label}${tenth}`
    console.log(`${label} ${seen}/${total}`)
  }
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof AppError ? error.message : error)
  process.exitCode = 1
}
