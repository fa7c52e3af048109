import { shallowRef } from 'vue'
import type { Pair } from '../publicApi'

/** The matter that is looked at; in memory only, so that neither an address nor the browser's history holds the code. */
const opened = shallowRef<Pair>()

export const useOpened = () => opened

export function openPair({ no, code }: Pair): void {
  opened.value = { no, code }
}
export function closePair(): void {
  opened.value = undefined
}
