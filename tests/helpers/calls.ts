import { openExchange as open, type Exchange } from '../../scripts/calls/exchange'
import { readCommandLine } from '../../scripts/calls/options'
import { simulate } from '../../scripts/calls/simulate'
import type { TestApp } from './app'

/** Where a hotline is: a server of an API test, or the stage of a browser test. */
type Place = Pick<TestApp, 'signIn'> & ({ url: string } | { address: string })

/** agent1–3 sit at these telephones in every demo. */
export const EXTENSION = '8001'
export const OTHER_EXTENSION = '8002'

/** A telephone exchange that the director has just connected. */
export async function openExchange(place: Place, name = '测试交换机'): Promise<Exchange & { endpoint: string }> {
  const director = await place.signIn('director')
  const { status, body } = await director.post('/api/call-settings/exchanges', { name })
  if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`)
  const endpoint = `${'url' in place ? place.url : place.address}${(body as { path: string }).path}`
  return { ...open(endpoint), endpoint }
}

export interface Ringing {
  /** No further call; those under way end. @returns what differs between what was played and what the system holds */
  stop(): Promise<{ played: number; differences: string[] }>
}

/** The call simulator beside whatever else goes on: the hotline's telephones do not rest while one role is looked at. */
export function ringing(place: { address: string }, agents = 'agent3'): Ringing {
  const ending = new AbortController()
  const line = readCommandLine(['--address', place.address, '--rate', '40/min', '--agents', agents, '--seed', '11'], {})
  const simulated = simulate(line, { ending: ending.signal })
  // Looked at when it is stopped; until then it is nobody's.
  simulated.catch(() => undefined)
  return {
    async stop() {
      ending.abort()
      const { played, comparison } = await simulated
      return { played: played.calls.length, differences: comparison.differences }
    },
  }
}
