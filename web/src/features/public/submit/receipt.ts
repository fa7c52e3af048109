import { shallowRef } from 'vue'
import type { Pair } from '../publicApi'
import { FORGOTTEN_MS } from './submitDraft'

/** What was submitted in this tab: number and query code must survive a reload, for nobody can be asked for them. */
export interface Receipt extends Pair {
  kind: string
}

const KEPT = 'hotline.receipt'

function kept(): Receipt | undefined {
  try {
    const held = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null') as { at: number; receipt: Receipt } | null
    return held && Date.now() - held.at < FORGOTTEN_MS ? held.receipt : undefined
  } catch {
    return undefined
  }
}

const receipt = shallowRef<Receipt>()
let heldAt = 0

/** For half an hour: on a kiosk or a lent phone the next one to open the page has another matter. */
export function useReceipt() {
  if (Date.now() - heldAt >= FORGOTTEN_MS) receipt.value = kept()
  return receipt
}

export function holdReceipt(next: Receipt | undefined): void {
  receipt.value = next
  heldAt = Date.now()
  try {
    if (next) sessionStorage.setItem(KEPT, JSON.stringify({ at: heldAt, receipt: next }))
    else sessionStorage.removeItem(KEPT)
  } catch {
    // It is on the page all the same.
  }
}
