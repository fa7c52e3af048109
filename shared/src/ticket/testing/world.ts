import type { Actor } from '../../actor'
import { CALENDAR_YEARS } from '../../calendar/data'
import { createCalendar } from '../../calendar/workingDays'
import { DEFAULT_PROFILE } from '../../limits/presets'
import { createRegions } from '../../region/createRegions'
import { REGION_DATA } from '../../region/regionData'
import { createUnitTree } from '../../unit/createUnitTree'
import { buildDemoUnits } from '../../unit/demoUnits'
import type { Unit } from '../../unit/unit'
import type { Role } from '../../user/roles'
import type { DecideContext, Staff } from '../context'
import { fold } from '../evolve'
import type { Ticket } from '../ticket'

/** 彭李街道 of 滨城区: what the demo ticket is about. */
export const PLACE = '371602005'
export const BUREAU = '371600-ZJ'
export const OFFICE = '371600-ZJ-JG'
export const OTHER_BUREAU = '371600-CG'
export const THIRD_BUREAU = '371600-GA'
export const COUNTY = '371602'
export const COUNTY_BUREAU = '371602-CG'
export const TOWN = '371602005'
/** One account with every role. */
export const SOLO_TOWN = '371602001'
export const CITY = '371600'
export const CLOSED_BUREAU = '371600-HH'
export const HOTLINE = '371600-12345'
/** The ticket into which others are merged. */
export const MAIN_ID = 't-main'
export const MAIN_NO = '371600261123000090'

export const regions = createRegions(REGION_DATA)
/** 二级单位 of the bureau, its only one. */
const office: Unit = {
  id: OFFICE,
  name: '滨州市建筑工程管理服务中心',
  kind: 'bureau',
  parentId: BUREAU,
  regionCode: '371600',
  duties: ['建筑工地日常管理'],
  isOpen: true,
}
export const units = createUnitTree([
  ...buildDemoUnits(regions).map((unit) => (unit.id === CLOSED_BUREAU ? { ...unit, isOpen: false } : unit)),
  office,
])
export const calendar = createCalendar(CALENDAR_YEARS)
export const profile = DEFAULT_PROFILE

/** A moment in Asia/Shanghai; `24:00` is the next midnight. */
export function at(text: string): Date {
  const [day = '', clock = '00:00'] = text.split(' ')
  if (clock === '24:00') return new Date(new Date(`${day}T00:00:00+08:00`).getTime() + 86_400_000)
  return new Date(`${day}T${clock.length === 5 ? `${clock}:00` : clock}+08:00`)
}

/** A Monday, so that plain counts need no weekend in mind. */
export const MONDAY = at('2026-11-23 09:00')

const person = (userId: string, name: string, unitId: string, ...roles: Role[]): Actor => ({
  userId,
  name,
  unitId,
  roles,
})

export const agent = person('agent1', '话务员甲', `${HOTLINE}-HW`, 'agent')
export const otherAgent = person('agent2', '话务员乙', `${HOTLINE}-HW`, 'agent')
export const shiftLead = person('shift1', '班长', `${HOTLINE}-HW`, 'shiftLead')
export const inspector = person('inspect1', '质检员', `${HOTLINE}-ZJ`, 'inspector')
export const dispatcher = person('dispatch1', '派单员', `${HOTLINE}-PD`, 'dispatcher')
export const callbackOfficer = person('call1', '回访员', `${HOTLINE}-HF`, 'callbackOfficer')
export const supervisor = person('super1', '督办员', `${HOTLINE}-DB`, 'supervisor')
export const director = person('direct1', '主任', `${HOTLINE}-ZRS`, 'director')
export const knowledgeEditor = person('know1', '知识库管理员', HOTLINE, 'knowledgeEditor')
export const cityLeader = person('mayor1', '市领导', CITY, 'cityLeader')
export const administrator = person('admin1', '系统管理员', HOTLINE, 'administrator')
/** The caller of the demo ticket. */
export const citizen: Actor = { ...person('caller', '诉求人', 'caller', 'caller'), ticketId: 't1' }

export interface UnitPeople {
  clerk: Actor
  handler: Actor
  otherHandler: Actor
  lead: Actor
  head: Actor
  countyAdmin: Actor
}

export function peopleOf(unitId: string): UnitPeople {
  const one = (account: string, name: string, role: Role) =>
    person(`${account}@${unitId}`, `${units.name(unitId)}${name}`, unitId, role)
  return {
    clerk: one('clerk', '收文员', 'clerk'),
    handler: one('handler', '经办人', 'handler'),
    otherHandler: one('handler2', '经办人乙', 'handler'),
    lead: one('lead', '分管负责人', 'unitLead'),
    head: one('head', '主要负责人', 'unitHead'),
    countyAdmin: one('countyadmin', '区县管理员', 'countyAdmin'),
  }
}

export const bureau = peopleOf(BUREAU)
export const officePeople = peopleOf(OFFICE)
export const otherBureau = peopleOf(OTHER_BUREAU)
export const thirdBureau = peopleOf(THIRD_BUREAU)
export const county = peopleOf(COUNTY)
export const countyBureau = peopleOf(COUNTY_BUREAU)
export const town = peopleOf(TOWN)
export const city = peopleOf(CITY)
export const solo = person(`all@${SOLO_TOWN}`, '街道专员', SOLO_TOWN, 'clerk', 'handler', 'unitLead')

/** The accounts that the rules may ask about; like the demo city's, towns have no head of their own. */
export const ACCOUNTS: readonly Actor[] = [
  ...[bureau, officePeople, otherBureau, thirdBureau, county, countyBureau].flatMap((people) => Object.values(people)),
  ...[town.clerk, town.handler, town.otherHandler, town.lead],
  ...[city.clerk, city.handler, city.lead, city.head],
  solo,
]

export function staffOf(accounts: readonly Actor[]): Staff {
  return {
    hasOther: (unitId, roles, exceptUserId) =>
      accounts.some(
        (account) =>
          account.unitId === unitId &&
          account.userId !== exceptUserId &&
          account.roles.some((role) => roles.includes(role)),
      ),
    handlerName: (unitId, userId) =>
      accounts.find(
        (account) => account.userId === userId && account.unitId === unitId && account.roles.includes('handler'),
      )?.name,
  }
}

export type World = Omit<DecideContext, 'at' | 'actor'>

export const WORLD: World = {
  units,
  staff: staffOf(ACCOUNTS),
  calendar,
  profile,
  fresh: { id: 't1', no: '371600261123000001' },
  isRegion: regions.has,
  isExactPlace: (code) => ['town', 'village'].includes(regions.get(code)?.level ?? ''),
  isLeafMatter: (code) => /^\d{6}$/.test(code),
  main: aMainTicket(),
}

/** Another caller's, accepted this morning: what others are merged into. */
function aMainTicket(): Ticket | undefined {
  const stamp = { at: at('2026-11-23 08:40'), by: { userId: 'agent2', name: '话务员乙', unitId: HOTLINE }, version: 1 }
  const about = { title: '工地夜间施工', matterCode: '010101', regionCode: PLACE }
  return fold([
    {
      type: 'ticket.registered',
      id: MAIN_ID,
      no: MAIN_NO,
      channel: 'phone',
      kind: 'complaint',
      ...about,
      address: '黄河五路渤海七路路口',
      detail: '工地整夜施工。',
      urgency: 'general',
      confidentiality: 0,
      accusedUnitIds: [],
      needsReply: true,
      needsCallback: true,
      isPublicAllowed: false,
      attachmentIds: [],
      isAnonymous: false,
      hasContact: true,
      callerType: 'person',
      callerGender: 'unknown',
      ...stamp,
    },
    { type: 'ticket.accepted', ...about, dispatchBy: at('2026-11-23 24:00'), explain: [], ...stamp },
  ])
}
