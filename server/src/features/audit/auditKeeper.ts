import type { Clock } from '../../platform/clock'
import type { Logger } from '../../platform/log'
import { isOutage, type Db } from '../../platform/mongo'
import type { Anchor, AnchorStore } from './auditAnchor'
import { breakAt, GENESIS, START, verifyRows, type AuditRow, type Break, type Verdict } from './auditChain'

/** Moves the anchors behind the log, and tells when the log is not what it was. */
export interface AuditKeeper {
  start(): Promise<void>
  /** After appends: the anchors follow within a moment, off the request's path. */
  nudge(): void
  /** Walks the whole log. Who asks while it is being walked gets the same answer. */
  verify(): Promise<Verdict & { anchoredAt?: string }>
  stop(): Promise<void>
}

const GATHER_MS = 100
/** What other processes appended, and what a dead one left, is anchored here too. */
const ROUND_MS = 10_000

export interface AuditKeeperDeps {
  db: Db
  store: AnchorStore
  clock: Clock
  logger: Logger
}

export function createAuditKeeper({ db, store, clock, logger }: AuditKeeperDeps): AuditKeeper {
  const rows = db.collection<AuditRow>('audit')
  /** What this process has seen to be true: it outlives an anchor that somebody has put back. */
  let seen: Anchor | undefined
  let running: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  let rounds: NodeJS.Timeout | undefined
  let verifying: ReturnType<AuditKeeper['verify']> | undefined
  let told = ''

  /** Once for each state: a break does not heal, and must not fill the log. */
  function alarm({ seq, why }: Break): void {
    if (told === why) return
    told = why
    logger.error({ seq }, `审计日志的散列链断了：${why}；锚点不再前移，请执行 npm run audit:verify`)
  }

  async function remembered(): Promise<{ anchors: Anchor[]; forged: boolean }> {
    const { anchors, forged } = await store.read()
    return { anchors: seen ? [...anchors, seen] : anchors, forged: forged.length > 0 }
  }

  /** Forward only over entries that follow from the anchor: an anchor never moves across a break. */
  async function advance(): Promise<void> {
    const { anchors, forged } = await remembered()
    if (forged) return alarm({ seq: 0, why: '锚点的签名不对' })
    const base = anchors.reduce<Anchor | undefined>(
      (best, one) => (best && best.seq >= one.seq ? best : one),
      undefined,
    )
    const from = base?.seq ?? 0
    let head = base ? { seq: base.seq - 1, hash: GENESIS } : START
    let first = base?.first ?? ''
    for await (const row of rows.find({ _id: { $gte: from } }).sort({ _id: 1 })) {
      if (base && head.seq === from - 1) {
        if (row._id !== from || row.hash !== base.hash)
          return alarm({ seq: from, why: `第 ${from} 条与日志之外的锚点不符或缺失` })
      } else {
        const found = breakAt(head, row)
        if (found) return alarm(found)
      }
      head = { seq: row._id, hash: row.hash }
      if (row._id === 1) first = row.hash
    }
    if (base && head.seq < base.seq) return alarm({ seq: base.seq, why: `缺最后的记录，锚点在第 ${base.seq} 条` })
    const isKnown = anchors.filter((one) => one !== seen && one.seq === head.seq).length === store.places
    if (head.seq === 0 || isKnown) return
    const at = clock.now()
    const isKept = await store.advance({ ...head, first }, at)
    if (!isKept && told !== 'file') {
      told = 'file'
      logger.warn({}, '审计锚点写不进数据目录，只存在数据库里；请检查 DATA_DIR 的权限')
    }
    seen = { ...head, first, at: at.toISOString(), signature: '' }
  }

  function round(): Promise<void> {
    running = running.then(advance).catch((error: unknown) => {
      logger[isOutage(error) ? 'warn' : 'error']({ err: error }, '审计锚点没有前移，稍后继续')
    })
    return running
  }

  return {
    async start() {
      await round()
      rounds = setInterval(() => void round(), ROUND_MS)
    },
    nudge() {
      timer ??= setTimeout(() => {
        timer = undefined
        void round()
      }, GATHER_MS)
    },
    verify() {
      verifying ??= walk().finally(() => {
        verifying = undefined
      })
      return verifying
    },
    async stop() {
      clearInterval(rounds)
      clearTimeout(timer)
      await round()
    },
  }

  async function walk(): ReturnType<AuditKeeper['verify']> {
    const { anchors, forged } = await remembered()
    const verdict = await verifyRows(rows.find().sort({ _id: 1 }), anchors)
    if (verdict.isIntact && forged) return { ...verdict, isIntact: false, why: '锚点的签名不对，有人改过锚点' }
    const last = anchors.find(({ seq }) => seq === verdict.anchoredTo)
    return { ...verdict, anchoredAt: last?.at }
  }
}
