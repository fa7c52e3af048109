import { openExchange as open, type Exchange } from '../../scripts/calls/exchange'
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
