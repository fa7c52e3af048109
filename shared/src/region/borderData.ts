import { BORDER_RINGS } from './data/borders'
import { decodeRing } from './ring'
import type { District } from './borders'

/** The outlines of the demo city's districts and counties; zones have none of their own. */
export const BORDER_DATA: readonly District[] = BORDER_RINGS.map(([code, ring]) => ({ code, ring: decodeRing(ring) }))
