import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '@hotline/shared/error'
import { FILE_NAME, linkOnce, parseFieldKeys, readStored, writeAside, type Stored } from './secrets'

/** Changes to the keys in the data folder. Everything else in the file stays as it is. */

function stored(dataDir: string): Stored {
  const found = readStored(join(dataDir, FILE_NAME))
  if (!found) throw new AppError('unavailable', `数据目录 ${dataDir} 里没有 ${FILE_NAME}`)
  return found
}

function replace(dataDir: string, keys: Stored): void {
  const file = join(dataDir, FILE_NAME)
  renameSync(writeAside(file, `${JSON.stringify(keys, null, 2)}\n`), file)
}

export function freshFieldKey(id: string): string {
  return `${id}:${randomBytes(32).toString('base64')}`
}

/**
 * Puts a new key of this id behind the others: it opens, and does not seal yet. Two that do it together, or one after
 * another has died in the middle, end with one and the same key: it is drawn once, into a file of its own.
 */
export function addFieldKey(dataDir: string, id: string): void {
  const drawn = join(dataDir, `${FILE_NAME}.${id}`)
  if (!hasKey(stored(dataDir), id)) {
    linkOnce(drawn, freshFieldKey(id))
    const part = readIfThere(drawn)
    const before = stored(dataDir)
    // Whoever was faster has put its own there already, and what we have drawn is nobody's.
    if (part && !hasKey(before, id)) {
      const FIELD_KEYS = `${before.FIELD_KEYS},${part}`
      parseFieldKeys(FIELD_KEYS)
      replace(dataDir, { ...before, FIELD_KEYS })
    }
  }
  rmSync(drawn, { force: true })
}

/** From now on this key seals. */
export function promoteFieldKey(dataDir: string, id: string): void {
  const before = stored(dataDir)
  const parts = before.FIELD_KEYS.split(',')
  const own = parts.filter((part) => idOf(part) === id)
  if (own.length !== 1) throw new AppError('ruleViolated', `密钥文件里没有 ${id}，请重新执行`)
  if (parts[0] === own[0]) return
  replace(dataDir, { ...before, FIELD_KEYS: [...own, ...parts.filter((part) => idOf(part) !== id)].join(',') })
}

/** Leaves the key that seals, and no other. @returns the ids that are gone */
export function removeOldFieldKeys(dataDir: string, currentId: string): string[] {
  const before = stored(dataDir)
  const parts = before.FIELD_KEYS.split(',')
  const kept = parts.filter((part) => idOf(part) === currentId)
  if (kept.length !== 1 || idOf(parts[0] ?? '') !== currentId)
    throw new AppError('ruleViolated', '密钥文件已被改动，请重新执行')
  replace(dataDir, { ...before, FIELD_KEYS: kept.join(',') })
  return parts.map(idOf).filter((id) => id !== currentId)
}

const idOf = (part: string) => part.trim().split(':')[0] ?? ''
const hasKey = ({ FIELD_KEYS }: Stored, id: string) => FIELD_KEYS.split(',').some((part) => idOf(part) === id)

function readIfThere(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}
