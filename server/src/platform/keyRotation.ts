import { setTimeout as pause } from 'node:timers/promises'
import { AppError } from '@hotline/shared/error'
import type { Crypto } from './crypto'
import { livingRings, type KeyRing } from './keyRings'
import type { Db } from './mongo'
import { findSealedWith, resealPlace, type PlaceProgress, type SealedPlace } from './reseal'
import { addFieldKey, freshFieldKey, promoteFieldKey, removeOldFieldKeys } from './secretsFile'

/** One change of keys, by the id of the new key. What it has done stands here, so that it can be taken up again. */
interface Rotation {
  _id: string
  from: string[]
  isDone: boolean
  startedAt: Date
  doneAt?: Date
  pass: number
  places: Record<string, PlaceProgress>
}

export interface RotationDeps {
  db: Db
  crypto: Crypto
  places: readonly SealedPlace[]
  /** Where the keys stand; absent when they come from the environment. */
  dataDir?: string
  now(): Date
  say(line: string): void
  onProgress(label: string, seen: number, total: number): void
  /** Keys came or went: for the audit. */
  onChanged(action: 'keys.rotated' | 'keys.retired', from: readonly string[], to: string): Promise<void>
}

/** How long a running process may take to have the keys of its own data folder. */
const PATIENCE_MS = 60_000
const ASK_MS = 300
const MOST_PASSES = 8

/**
 * A new key while the system works: first every process has it, then every process seals with it, then what was sealed
 * with older ones is sealed anew. A killed one is gone on with; two at once do the same work.
 * @returns whether no record uses an old key any more
 */
export async function rotateKeys(deps: RotationDeps, { retire }: { retire: boolean }): Promise<boolean> {
  const { crypto, dataDir, say } = deps
  const rotations = deps.db.collection<Rotation>('keyRotations')
  const rotation = await begin()
  if (!rotation) return true
  const to = rotation._id
  if (dataDir !== undefined) await install(to, dataDir)
  else if (crypto.keyIds()[0] !== to)
    throw new AppError('ruleViolated', `请先把 ${to} 放到 FIELD_KEYS 的第一位并重启各进程，再执行一次`)
  await untilAll(deps, (ring) => ring.keyIds[0] === to, `用 ${to} 加密`)
  const unreadable = await resealAll()
  const old = crypto.keyIds().slice(1)
  const { modifiedCount } = await rotations.updateOne(
    { _id: to, isDone: false },
    { $set: { isDone: true, doneAt: deps.now() } },
  )
  if (modifiedCount > 0) await deps.onChanged('keys.rotated', rotation.from, to)
  const left = await findSealedWith(deps.db, old)
  if (left.size > 0) {
    const where = [...left].map(([name, count]) => `${name} ${count} 条`).join('、')
    say(`还有记录停留在旧密钥上，没有能重新加密：${where}（${unreadable.join('、') || '无登记的位置'}）；旧密钥请保留`)
    return false
  }
  if (unreadable.length > 0) say(`另有 ${unreadable.join('、')} 无法解密，与本次轮换无关`)
  if (old.length === 0) return true
  say(`没有记录再使用旧密钥 ${old.join('、')}`)
  if (retire) await dropOld(to, old)
  else say('确认近期备份可用后，执行 npm run keys:rotate -- --retire 移除旧密钥')
  return true

  /** @returns nothing when there is no more to do than what was said */
  async function begin(): Promise<Rotation | undefined> {
    const open = await rotations.findOne({ isDone: false })
    if (open) {
      say(`继续未完成的密钥轮换：${open.from.join('、')} → ${open._id}`)
      return open
    }
    const [current = '', ...old] = crypto.keyIds()
    if (old.length > 0 && (retire || dataDir === undefined)) return anew(current, old)
    const to = nextId([...crypto.keyIds(), ...(await rotations.distinct('_id'))])
    if (dataDir === undefined) {
      say('密钥来自环境变量。请把各进程的 FIELD_KEYS 改为下面这一行并逐个重启，然后再执行一次本命令：')
      say(`FIELD_KEYS=${freshFieldKey(to)},${'<'}原来的 FIELD_KEYS>`)
      return undefined
    }
    return anew(to, [current, ...old])
  }

  async function anew(_id: string, from: string[]): Promise<Rotation> {
    const fresh = { from, isDone: false, startedAt: deps.now(), pass: 1, places: {} }
    await rotations.updateOne({ _id }, { $set: fresh }, { upsert: true })
    return { _id, ...fresh }
  }

  async function install(id: string, folder: string): Promise<void> {
    if (crypto.keyIds()[0] === id) return
    addFieldKey(folder, id)
    crypto.refresh()
    await untilAll(deps, (ring) => ring.keyIds.includes(id), `得到新密钥 ${id}`)
    promoteFieldKey(folder, id)
    crypto.refresh()
    say(`新密钥 ${id} 已启用`)
  }

  /** @returns what could not be opened: collections with some of the ids */
  async function resealAll(): Promise<string[]> {
    let { pass, places } = rotation as Rotation
    for (; pass <= MOST_PASSES; pass += 1) {
      const results: PlaceProgress[] = []
      for (const place of deps.places) results.push(await resealOne(place, pass, places[place.collection]))
      places = {}
      // What was written meanwhile, by whoever was late, is found by looking once more.
      if (results.every(({ resealed, missed }) => resealed + missed === 0)) {
        return deps.places.flatMap(({ label }, index) => {
          const { unreadable = 0, unreadableIds = [] } = results[index] ?? {}
          return unreadable > 0 ? [`${label} ${unreadable} 条（${unreadableIds.join(' ')}）`] : []
        })
      }
      await rotations.updateOne({ _id: to }, { $set: { pass: pass + 1, places: {} } })
    }
    throw new AppError('unavailable', '一直有进程在用旧密钥写入，请检查各进程的密钥后再执行一次')
  }

  async function resealOne(place: SealedPlace, pass: number, progress?: PlaceProgress): Promise<PlaceProgress> {
    const total = await deps.db.collection(place.collection).estimatedDocumentCount()
    const label = pass === 1 ? `重新加密${place.label}` : `复查${place.label}`
    return resealPlace(deps.db, crypto, place, {
      progress,
      async onBatch(now) {
        deps.onProgress(label, now.seen, Math.max(total, now.seen))
        await rotations.updateOne({ _id: to, isDone: false }, { $set: { pass, [`places.${place.collection}`]: now } })
      },
    })
  }

  async function dropOld(current: string, old: readonly string[]): Promise<void> {
    if (dataDir === undefined) {
      say(`请从各进程的 FIELD_KEYS 里去掉 ${old.join('、')} 并逐个重启；恢复旧备份时仍需要它们`)
      return
    }
    await untilAll(deps, (ring) => ring.keyIds[0] === current, `用 ${current} 加密`)
    const gone = removeOldFieldKeys(dataDir, current)
    crypto.refresh()
    await deps.onChanged('keys.retired', gone, current)
    say(`旧密钥 ${gone.join('、')} 已移除；恢复此前的备份仍需要当时的密钥`)
  }
}

/** @throws AppError unavailable when some living process is not so within a minute: what it lacks it could not read */
async function untilAll({ db, say }: RotationDeps, isSo: (ring: KeyRing) => boolean, what: string): Promise<void> {
  const giveUpAt = performance.now() + PATIENCE_MS
  for (let isTold = false; ; isTold = true) {
    const rings = await livingRings(db)
    const late = rings.filter((ring) => !isSo(ring))
    if (late.length === 0) return
    const names = late.map(({ host, pid }) => `${host} 的进程 ${pid}`).join('、')
    if (performance.now() > giveUpAt)
      throw new AppError(
        'unavailable',
        `${names}没有${what}：它若另有数据目录，请把本机的 secrets.json 复制过去，再执行一次`,
      )
    if (!isTold) say(`等待 ${late.length} 个运行中的进程${what}……`)
    await pause(ASK_MS)
  }
}

/** k1 → k2; never one that was used before. */
function nextId(known: readonly string[]): string {
  const numbers = known.map((id) => Number(/^k(\d+)$/.exec(id)?.[1] ?? 0))
  return `k${Math.max(0, ...numbers) + 1}`
}
