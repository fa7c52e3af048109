import { shallowRef } from 'vue'
import type { Pair } from '../publicApi'

/** What was submitted in this tab: number and query code must survive a reload, for nobody can be asked for them. */
export interface Receipt extends Pair {
  kind: string
}

const KEPT = 'hotline.receipt'

function kept(): Receipt | undefined {
  try {
    return (JSON.parse(sessionStorage.getItem(KEPT) ?? 'null') as Receipt | null) ?? undefined
  } catch {
    return undefined
  }
}

const receipt = shallowRef(kept())

export function useReceipt() {
  return receipt
}

export function holdReceipt(next: Receipt | undefined): void {
  receipt.value = next
  try {
    if (next) sessionStorage.setItem(KEPT, JSON.stringify(next))
    else sessionStorage.removeItem(KEPT)
  } catch {
    // It is on the page all the same.
  }
}
