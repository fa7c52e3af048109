import { describe, expect, it } from 'vitest'
import { networkOf } from './rateLimit'

describe('按来路限次', () => {
  it.each([
    ['10.1.2.3', '10.1.2.3'],
    ['::ffff:10.1.2.3', '10.1.2.3'],
    ['2408:8000:1:2:aaaa:bbbb:cccc:dddd', '2408:8000:1:2::/64'],
    ['2408:8000:0001:0002::9', '2408:8000:1:2::/64'],
    ['2408::9', '2408:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['', ''],
  ])('%s 算作 %s', (ip, network) => expect(networkOf(ip)).toBe(network))
})
