import type { DemoAccounts } from '@hotline/shared/user/account'
import { ROLE_LABELS, type AccountRole } from '@hotline/shared/user/roles'
import type { Unit } from '@hotline/shared/unit/unit'
import type { Logger } from '../../platform/log'
import { hashPassword } from './passwords'
import type { NewUser, UserStore } from './userStore'

/** Known to everybody who reads this: accounts with it exist in demo mode only. */
export const DEMO_PASSWORD = 'Hotline@12345'

export type DemoAccount = DemoAccounts['accounts'][number] & { password: string }

type Named = readonly [username: string, role: AccountRole, group: string]

const HOTLINE_PEOPLE: readonly Named[] = [
  ['agent1', 'agent', 'HW'],
  ['agent2', 'agent', 'HW'],
  ['agent3', 'agent', 'HW'],
  ['shiftlead', 'shiftLead', 'HW'],
  ['inspector', 'inspector', 'ZJ'],
  ['dispatcher1', 'dispatcher', 'PD'],
  ['dispatcher2', 'dispatcher', 'PD'],
  ['callback1', 'callbackOfficer', 'HF'],
  ['callback2', 'callbackOfficer', 'HF'],
  ['supervisor1', 'supervisor', 'DB'],
  ['knowledge', 'knowledgeEditor', 'ZRS'],
  ['director', 'director', 'ZRS'],
  ['admin', 'administrator', 'ZRS'],
]

const FAMILY_NAMES = [
  ...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎',
]
const GIVEN_NAMES =
  '敏 强 静 磊 洋 艳 勇 娟 涛 明 超 秀英 建国 志强 晓燕 海涛 玉兰 国栋 文静 立新 春梅 永强 雪梅 振华 丽娜 东升 红霞 学军 慧敏 宏伟 桂英 新民 婷婷 少华 爱民 佳怡 长青 秋月 世杰 凤霞'.split(
    ' ',
  )

/** The n-th of two thousand names, always the same, neighbours unlike. */
function demoName(n: number): string {
  const family = FAMILY_NAMES[(n * 7) % FAMILY_NAMES.length] ?? '王'
  const given = GIVEN_NAMES[(n * 11 + Math.floor(n / FAMILY_NAMES.length)) % GIVEN_NAMES.length] ?? '敏'
  return family + given
}

/** Every unit has its clerk, handler and lead; governments, zones and bureaus their head, counties an administrator. */
export function demoPeople(units: readonly Unit[]): Omit<NewUser, 'passwordHash'>[] {
  const hotline = units.find((unit) => unit.kind === 'hotline')?.id ?? ''
  const city = units.find((unit) => unit.kind === 'city')?.id ?? ''
  const people: Omit<NewUser, 'passwordHash' | 'name' | 'jobNo'>[] = HOTLINE_PEOPLE.map(([username, role, group]) => ({
    username,
    roles: [role],
    unitId: `${hotline}-${group}`,
  }))
  people.push({ username: 'cityleader', roles: ['cityLeader'], unitId: city })
  for (const { id, kind } of units) {
    if (kind === 'hotline' || kind === 'hotlineGroup') continue
    people.push({ username: `clerk@${id}`, roles: ['clerk'], unitId: id })
    people.push({ username: `handler@${id}`, roles: ['handler'], unitId: id })
    people.push({ username: `lead@${id}`, roles: ['unitLead'], unitId: id })
    if (kind !== 'town') people.push({ username: `head@${id}`, roles: ['unitHead'], unitId: id })
    if (kind === 'county' || kind === 'zone') {
      people.push({ username: `countyadmin@${id}`, roles: ['countyAdmin'], unitId: id })
    }
  }
  return people.map((person, index) => ({
    ...person,
    name: demoName(index),
    jobNo: String(index + 1).padStart(4, '0'),
  }))
}

/** Only into an empty database: later, somebody may have removed an account on purpose. */
export async function seedDemoUsers(store: UserStore, units: readonly Unit[], at: Date, logger: Logger): Promise<void> {
  if ((await store.count()) > 0) return
  // One hash for all: their password is public anyway, and nine hundred slow hashes would take half a minute.
  const passwordHash = await hashPassword(DEMO_PASSWORD)
  const people = demoPeople(units)
  await store.insertMissing(
    people.map((person) => ({ ...person, passwordHash })),
    at,
  )
  logger.info({ count: people.length }, '已创建演示账号')
}

/** One account a role, for the one who has just started the demo. */
export function demoAccounts(units: readonly Unit[]): DemoAccount[] {
  const people = demoPeople(units)
  const sample = units.find((unit) => unit.id.endsWith('-ZJ') && unit.kind === 'countyBureau')?.id ?? ''
  const wanted = [
    'agent1',
    'dispatcher1',
    `clerk@${sample}`,
    `handler@${sample}`,
    `lead@${sample}`,
    `head@${sample}`,
    'callback1',
    'supervisor1',
    'shiftlead',
    'inspector',
    'knowledge',
    'director',
    'cityleader',
    `countyadmin@${sample.split('-')[0]}`,
    'admin',
  ]
  return wanted.flatMap((username) => {
    const person = people.find((one) => one.username === username)
    const role = person?.roles[0]
    return person && role
      ? [{ username, password: DEMO_PASSWORD, name: person.name, role, roleLabel: ROLE_LABELS[role] }]
      : []
  })
}
