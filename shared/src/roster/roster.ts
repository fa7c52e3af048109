import { z } from 'zod'
import { hasRole, type Actor } from '../actor'
import { clockMillis, startOfDay, type Day } from '../calendar/day'
import { Moment } from '../calendar/momentInput'
import { normalizePhone } from '../user/masking'
import type { Role } from '../user/roles'
import { keys, required } from '../ticket/commandInputs'

/** 值班: who leads the hotline today, who of each section (板块), who patrols, who is on shift. */
export const ROSTER_POSTS = {
  leader: '带班领导',
  section: '板块带班',
  patrol: '巡查人',
  shift: '值班员',
} as const
export type RosterPost = keyof typeof ROSTER_POSTS

/** A duty that ends not after it begins lasts into the next day: 18:00–08:00. */
export const WHOLE_DAY = { from: '00:00', to: '24:00' } as const
export const MOST_DUTIES = 60
export const MOST_DAYS = 62
export const PATROL_TEXT_MAX = 1000

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/

export const DayInput = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, '日期应为 2026-11-22 这样的形式')
  .refine(isDay, { error: '没有这一天', abort: true })

export const DutyInput = z
  .strictObject({
    post: keys(ROSTER_POSTS, '请选择岗位'),
    /** 板块: only of a section's duty. */
    section: z.string().trim().max(30, '板块不能超过 30 字').optional(),
    name: required('姓名', 30),
    /** 职务 */
    title: z.string().trim().max(40, '职务不能超过 40 字').optional(),
    phone: z
      .string()
      .trim()
      .max(40, '电话不能超过 40 字')
      .refine((number) => number === '' || normalizePhone(number).length >= 3, '电话格式不正确')
      .optional(),
    from: z.string().regex(CLOCK, '起始时刻应为 08:30 这样的形式').default(WHOLE_DAY.from),
    to: z
      .string()
      .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, '结束时刻应为 18:00 这样的形式')
      .default(WHOLE_DAY.to),
  })
  .superRefine((duty, context) => {
    if (duty.post === 'section' && !duty.section)
      context.addIssue({ code: 'custom', path: ['section'], message: '板块带班须写明板块' })
    if (duty.from === duty.to) context.addIssue({ code: 'custom', path: ['to'], message: '起止时刻不能相同' })
  })
export type DutyInput = z.output<typeof DutyInput>

export const DayDuties = z.strictObject({
  /** 0: nothing stood there. */
  version: z.int().min(0),
  duties: z.array(DutyInput).max(MOST_DUTIES, `一天最多 ${MOST_DUTIES} 人`).superRefine(noTwice),
})
export type DayDuties = z.output<typeof DayDuties>

export const RosterQuery = z
  .strictObject({ from: DayInput, to: DayInput })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: '结束日期不能早于开始日期' })
  .refine(({ from, to }) => startOfDay(to).getTime() - startOfDay(from).getTime() < MOST_DAYS * 86_400_000, {
    path: ['to'],
    message: `一次最多看 ${MOST_DAYS} 天`,
  })

export const CopyDays = z.strictObject({
  from: DayInput,
  to: DayInput,
  days: z.int().min(1).max(31),
  /** Days that have duties already are left as they are, unless this is said. */
  replaces: z.boolean().default(false),
})
export const ImportText = z.strictObject({
  text: required('要导入的内容', 50_000),
  /** Only checked, nothing saved. */
  isCheck: z.boolean().default(false),
})

/** 巡查记录: what was found on a round and to whom it was handed. */
export const PatrolInput = z.strictObject({
  at: Moment,
  place: required('巡查地点', 100),
  found: required('巡查情况', PATROL_TEXT_MAX),
  handedTo: z.string().trim().max(100, '移交对象不能超过 100 字').optional(),
})
export type PatrolInput = z.output<typeof PatrolInput>

export const DutyView = z.object({
  id: z.string(),
  post: z.enum(Object.keys(ROSTER_POSTS) as [RosterPost, ...RosterPost[]]),
  section: z.string().optional(),
  name: z.string(),
  title: z.string().optional(),
  /** For those who may ring him: `mayRingDuty`. */
  phone: z.string().optional(),
  from: z.string(),
  to: z.string(),
})
export type DutyView = z.infer<typeof DutyView>

export const PatrolView = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  place: z.string(),
  found: z.string(),
  handedTo: z.string().optional(),
  byName: z.string(),
})
export type PatrolView = z.infer<typeof PatrolView>

export const RosterDay = z.object({
  day: z.string(),
  version: z.int(),
  duties: z.array(DutyView),
  patrols: z.array(PatrolView),
})
export type RosterDay = z.infer<typeof RosterDay>

const EDITORS: readonly Role[] = ['supervisor', 'director']
const READERS: readonly Role[] = [
  ...EDITORS,
  'agent',
  'shiftLead',
  'inspector',
  'dispatcher',
  'callbackOfficer',
  'knowledgeEditor',
  'cityLeader',
]

/** The hotline's own staff and the city's leaders. */
export const ROSTER_READERS = READERS
export const mayReadRoster = (actor: Actor) => hasRole(actor, ...READERS)
export const mayEditRoster = (actor: Actor) => hasRole(actor, ...EDITORS)
/** An agent hands a call to his shift lead; he does not ring a leader. */
export const mayRingDuty = (actor: Actor) =>
  hasRole(actor, 'shiftLead', 'dispatcher', 'supervisor', 'director', 'cityLeader')
export const mayLogPatrol = (actor: Actor) => hasRole(actor, 'shiftLead', 'inspector', ...EDITORS, 'cityLeader')

/** Begins and ends, in Asia/Shanghai. */
export function spanOf(day: Day, { from, to }: Pick<DutyView, 'from' | 'to'>): { from: Date; to: Date } {
  const begin = startOfDay(day).getTime()
  const end = clockMillis(to)
  const lasts = end > clockMillis(from) ? end : end + 24 * 3600_000
  return { from: new Date(begin + clockMillis(from)), to: new Date(begin + lasts) }
}

/** At the moment of its end the next one has it. */
export function isOnDuty(day: Day, duty: Pick<DutyView, 'from' | 'to'>, at: Date): boolean {
  const { from, to } = spanOf(day, duty)
  return from <= at && at < to
}

const POSTS = Object.keys(ROSTER_POSTS) as RosterPost[]
/** Leaders first, then sections by name, then by time. */
export function inRosterOrder<T extends Pick<DutyView, 'post' | 'section' | 'from' | 'name'>>(
  duties: readonly T[],
): T[] {
  const rank = ({ post }: T) => POSTS.indexOf(post)
  return [...duties].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      (a.section ?? '').localeCompare(b.section ?? '', 'zh-CN') ||
      a.from.localeCompare(b.from) ||
      a.name.localeCompare(b.name, 'zh-CN'),
  )
}

function isDay(text: string): boolean {
  try {
    startOfDay(text)
    return true
  } catch {
    return false
  }
}

function noTwice(duties: readonly DutyInput[], context: z.RefinementCtx): void {
  const seen = new Set<string>()
  duties.forEach((duty, index) => {
    const key = [duty.post, duty.section ?? '', duty.name, duty.from].join('|')
    if (seen.has(key))
      context.addIssue({ code: 'custom', path: [index, 'name'], message: `${duty.name} 的同一岗位写了两次` })
    seen.add(key)
  })
}
