import { randomUUID } from 'node:crypto'
import { AppError } from '@hotline/shared/error'
import type { People } from './people'

/** The city's time, which a drill may move forward where the server was started for that. */
export interface DrillTime {
  isMovable: boolean
  now(): number
  /** Forward to that moment, for all processes. False: it was past already. */
  leapTo(moment: number): Promise<boolean>
}

interface Told {
  now: string
}

const PATH = '/api/demo/clock'
/** Past the moment itself, so that nobody's clock is still before it. */
const MARGIN_MS = 1_500

export async function findTime(people: People): Promise<DrillTime> {
  const { status, body } = await people.anyone({ method: 'GET', path: PATH })
  if (status !== 200 && status !== 404) throw new AppError('unavailable', `演练时钟没有读到：${status}`)
  const isMovable = status === 200
  let ahead = isMovable ? Date.parse((body as Told).now) - Date.now() : 0
  return {
    isMovable,
    now: () => Date.now() + ahead,
    async leapTo(moment) {
      const advanceSeconds = Math.ceil((moment + MARGIN_MS - (Date.now() + ahead)) / 1000)
      if (advanceSeconds <= 0) return false
      const { body: told } = await people.post<Told>('director', PATH, { advanceSeconds }, randomUUID())
      ahead = Date.parse(told.now) - Date.now()
      return true
    },
  }
}
