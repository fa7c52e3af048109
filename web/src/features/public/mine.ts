import { readonly, ref } from 'vue'
import type { Pair } from './publicApi'

/** A matter that somebody wants to find again on this device. */
export interface Mine extends Pair {
  title: string
  at: string
}

const KEPT = 'hotline.mine'
const MOST = 20

function kept(): Mine[] {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(KEPT) ?? '[]')
    return Array.isArray(list) ? (list as Mine[]) : []
  } catch {
    return []
  }
}

const mine = ref(kept())

function write(next: Mine[]): void {
  mine.value = next
  if (next.length > 0) localStorage.setItem(KEPT, JSON.stringify(next))
  else localStorage.removeItem(KEPT)
}

/** 我的诉求: on this device and only where its owner asked for it, since whoever has the device then has the matter. */
export function useMine() {
  return {
    mine: readonly(mine),
    has: (no: string) => mine.value.some((one) => one.no === no),
    keep(one: Mine): void {
      write([one, ...mine.value.filter(({ no }) => no !== one.no)].slice(0, MOST))
    },
    drop: (no: string) => write(mine.value.filter((one) => one.no !== no)),
  }
}
