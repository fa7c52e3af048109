import { describe, expect, it } from 'vitest'
import {
  COMPLEXITY_LABELS,
  KIND_LABELS,
  URGENCY_LABELS,
  type Complexity,
  type Kind,
  type Urgency,
} from '../ticket/labels'
import { days, hours, isNeverLonger, limitText, minutes, workdays } from './limit'
import { DEFAULT_PROFILE, presetOf, PRESETS } from './presets'
import { limitFor, type LimitProfile } from './profile'
import sheet from './vectors.json'

const KINDS = Object.keys(KIND_LABELS) as Kind[]
const LEVELS = Object.keys(COMPLEXITY_LABELS) as Complexity[]
const URGENCIES = Object.keys(URGENCY_LABELS) as Urgency[]
const general = (profile: LimitProfile, kind: Kind, complexity: Complexity = 'general') =>
  limitFor(profile, { kind, complexity, urgency: 'general' })

describe('默认时限方案', () => {
  const { default_profile: given } = sheet

  it.each([
    ['一般', 'general', given.handle_wd.general],
    ['复杂', 'complex', given.handle_wd.complex],
    ['疑难', 'difficult', given.handle_wd.difficult],
    ['简单（同一般）', 'simple', given.handle_wd.general],
  ] as const)('%s的办理时限', (_, complexity, n) => {
    expect(general(DEFAULT_PROFILE, 'complaint', complexity)).toEqual(workdays(n))
  })

  it('紧急、特急按自然小时，不论类型与难易', () => {
    for (const kind of KINDS)
      for (const complexity of LEVELS) {
        expect(limitFor(DEFAULT_PROFILE, { kind, complexity, urgency: 'urgent' })).toEqual(hours(given.handle_h.urgent))
        expect(limitFor(DEFAULT_PROFILE, { kind, complexity, urgency: 'critical' })).toEqual(
          hours(given.handle_h.extra_urgent),
        )
      }
  })

  it('没有填难易程度的按一般', () => {
    expect(limitFor(DEFAULT_PROFILE, { kind: 'help', urgency: 'general' })).toEqual(workdays(5))
  })

  it('其余各项与规定逐项相同', () => {
    const p = DEFAULT_PROFILE
    expect({
      dispatch: p.dispatch.general.n === 0 && p.dispatch.general.unit === 'days' ? 'same day 24:00' : '?',
      dispatch_urgent_min: p.dispatch.urgent.n * 60,
      sign_wd: p.acknowledge.general.n,
      sign_urgent_min: p.acknowledge.urgent.n * 60,
      return_wd: p.return.general.n,
      return_urgent_min: p.return.urgent.n * 60,
      return_complex_wd: p.returnComplex.n,
      first_contact_wd: p.firstContact.general.n,
      first_contact_urgent_h: p.firstContact.urgent.n,
      return_review_wd: p.reviews.return.n,
      extension_review_wd: p.reviews.extension.n,
      hotline_review_wd: p.hotlineReview.n,
      extension: { max_times: p.extension.maxTimes, max_total_wd: p.extension.maxTotalWorkdays },
      yellow_wd_before: p.yellow.workdaysBefore,
      yellow_hours_left_share: p.yellow.hoursLeftShare,
      visit_wd: p.callback.firstWithinWorkdays,
      rework_wd: p.rework.n,
      rework_escalate_at: p.reworkEscalateAt,
      suspend_max_days: p.suspendMaxDays,
      bad_rating_rectify_wd: general(p, 'rating').n,
      designate_after_returns: p.designateAfterReturns,
      callback: {
        attempts: p.callback.attempts,
        interval_h: p.callback.intervalHours,
        within_wd: p.callback.withinWorkdays,
        calling_hours: p.callback.callingHours,
      },
      targets: {
        on_time_close_pct: p.targets.onTimeClose,
        satisfaction_pct: p.targets.satisfaction,
        connect_pct: p.targets.connect,
        answer_s: p.targets.answerSeconds,
      },
      appeal_wd: p.appealWorkdays,
      reopen_days: p.reopenDays,
      archive_days: p.archiveDays,
      due_time: p.dueTime,
      count_from: p.countFrom,
      score_weights: p.scoreWeights,
    }).toEqual({
      ...given,
      // Said elsewhere: the limits above, and rules of the procedure rather than numbers.
      handle_wd: undefined,
      handle_h: undefined,
      return_overdue: undefined,
      red_after_wd: undefined,
    })
  })
})

describe('各地时限预设', () => {
  it('每一份都有，都写明出处', () => {
    const ids = Object.keys(sheet.sla_presets).map((key) => key.replaceAll('_', '-'))
    expect(PRESETS.map(({ id }) => id)).toEqual(expect.arrayContaining(ids))
    for (const [key, { src }] of Object.entries(sheet.sla_presets))
      expect(presetOf(key.replaceAll('_', '-'))?.source).toContain(src)
    expect(new Set(PRESETS.map(({ id }) => id)).size).toBe(PRESETS.length)
    expect(presetOf('nowhere')).toBeUndefined()
  })

  it('每一格都有时限', () => {
    for (const profile of [DEFAULT_PROFILE, ...PRESETS])
      for (const kind of KINDS)
        for (const complexity of LEVELS)
          for (const urgency of URGENCIES)
            expect(limitFor(profile, { kind, complexity, urgency }).n).toBeGreaterThanOrEqual(0)
  })

  const of =
    (...kinds: Kind[]) =>
    (p: LimitProfile) =>
      kinds.map((kind) => general(p, kind))
  const wd = (count: number) => (n: unknown) => Array.from({ length: count }, () => workdays(Number(n)))
  const one = (read: (p: LimitProfile) => unknown, as = (n: unknown) => n) => ({ read, as })
  /** How each entry of the sheet reads in a profile; entries that are sentences stand in the source's text. */
  const READ: Record<string, { read: (p: LimitProfile) => unknown; as: (n: unknown) => unknown }> = {
    handle_wd: one(of(...KINDS), wd(KINDS.length)),
    general_wd: one(of('help', 'complaint', 'report', 'suggestion'), wd(4)),
    consult_wd: one(of('inquiry'), wd(1)),
    help_suggest_wd: one(of('help', 'suggestion'), wd(2)),
    complaint_report_wd: one(of('complaint', 'report'), wd(2)),
    consult_suggest_wd: one(of('inquiry', 'suggestion'), wd(2)),
    complaint_help_wd: one(of('complaint', 'help'), wd(2)),
    consult_help_wd: one(of('inquiry', 'help'), wd(2)),
    complaint_suggest_wd: one(of('complaint', 'suggestion'), wd(2)),
    suggest_complaint_report_wd: one(of('suggestion', 'complaint', 'report'), wd(3)),
    phone_ticket_wd: one(of('inquiry', 'complaint'), wd(2)),
    governor_or_web_ticket_wd: one(
      () => of('inquiry', 'complaint')(presetOf('bengbu-2019-web') ?? DEFAULT_PROFILE),
      wd(2),
    ),
    return_wd: one(
      (p) => p.return.general,
      (n) => workdays(Number(n)),
    ),
    return_complex_wd: one(
      (p) => p.returnComplex,
      (n) => workdays(Number(n)),
    ),
    return_h: one(
      (p) => p.return.general,
      (n) => hours(Number(n)),
    ),
    dispatch_wd: one(
      (p) => p.dispatch.general,
      (n) => workdays(Number(n)),
    ),
    sign_wd: one(
      (p) => p.acknowledge.general,
      (n) => workdays(Number(n)),
    ),
    urgent_respond_min: one(
      (p) => p.acknowledge.urgent,
      (n) => minutes(Number(n)),
    ),
    extension_wd: one((p) => p.extension.maxEachWorkdays),
    extension_max_wd: one((p) => p.extension.maxTotalWorkdays),
    extension_max_times: one((p) => p.extension.maxTimes),
    extension_max_wd_each: one((p) => p.extension.maxEachWorkdays),
    long_matter_extension_max_days: one((p) => p.suspendMaxDays),
    designate_after_dispatches: one((p) => p.designateAfterReturns),
    complex_wd: one((p) => [general(p, 'help').n, general(p, 'help', 'complex').n]),
    targets: one((p) => ({ on_time_close_pct: p.targets.onTimeClose, satisfaction_pct: p.targets.satisfaction })),
    answer_s: one((p) => p.targets.answerSeconds),
    connect_pct_24h: one((p) => p.targets.connect),
    general_feedback_days: one(
      (p) => general(p, 'help'),
      (n) => days(Number(n)),
    ),
    complex_feedback_days: one(
      (p) => general(p, 'help', 'difficult'),
      (n) => days(Number(n)),
    ),
    utilities_feedback_h: one(
      (p) => limitFor(p, { kind: 'help', urgency: 'urgent' }),
      (n) => hours(Number(n)),
    ),
    emergency_feedback_h: one(
      (p) => limitFor(p, { kind: 'help', urgency: 'critical' }),
      (n) => hours(Number(n)),
    ),
    emergency_h: one(
      (p) => limitFor(p, { kind: 'help', urgency: 'urgent' }),
      (n) => hours(Number(n)),
    ),
    non_emergency_h: one(
      (p) => general(p, 'help'),
      (n) => hours(Number(n)),
    ),
    emergency: one(
      (p) => limitFor(p, { kind: 'help', urgency: 'urgent' }),
      () => days(0),
    ),
    phone_handover_general_min: one(
      (p) => limitFor(p, { kind: 'help', urgency: 'urgent' }),
      (n) => minutes(Number(n)),
    ),
    phone_handover_major_min: one(
      (p) => limitFor(p, { kind: 'help', urgency: 'critical' }),
      (n) => minutes(Number(n)),
    ),
    bad_rating_wd: one((p) => [p.firstContact.general.n, general(p, 'rating').n, general(p, 'rating', 'complex').n]),
    bad_rating_rectify_wd: one((p) => general(p, 'rating').n),
    named_bad_rating_visit_pct: one((p) => p.targets.namedBadRatingVisit),
    effective: one((p) => p.effectiveFrom),
  }
  const SENTENCES = [
    'src',
    'simple',
    'second_extension',
    'yellow_card',
    'red_card',
    'extension_approver',
    'start',
    'example',
  ]
  // 网络渠道受理时限: of taking on, which is not a limit of this profile.
  const ELSEWHERE = ['online_accept_h']

  const entries = Object.entries(sheet.sla_presets).flatMap(([key, preset]) =>
    Object.entries(preset)
      .filter(([field]) => ![...SENTENCES, ...ELSEWHERE].includes(field))
      .map(([field, value]) => [key, field, value] as const),
  )
  it.each(entries)('%s:%s = %s', (key, field, value) => {
    const profile = presetOf(key.replaceAll('_', '-'))
    const reader = READ[field]
    if (!profile || !reader) throw new Error(`${key}.${field} is not brought over`)
    expect(reader.read(profile)).toEqual(reader.as(value))
  })

  it('本地没有规定的，沿用默认方案', () => {
    const guangdong = presetOf('guangdong-2022-zhanjiang') ?? DEFAULT_PROFILE
    expect(general(guangdong, 'praise', 'difficult')).toEqual(workdays(15))
    expect(limitFor(guangdong, { kind: 'complaint', urgency: 'critical' })).toEqual(hours(2))
    expect(guangdong.callback).toEqual(DEFAULT_PROFILE.callback)
  })

  it('按类型规定的，不因难易而变；按难易规定的优先于一般', () => {
    const guangdong = presetOf('guangdong-2022-zhanjiang') ?? DEFAULT_PROFILE
    expect(general(guangdong, 'inquiry', 'difficult')).toEqual(workdays(2))
    const beijing = presetOf('beijing-standard-draft-2021') ?? DEFAULT_PROFILE
    expect(general(beijing, 'inquiry', 'complex')).toEqual(days(15))
    expect(general(beijing, 'inquiry', 'simple')).toEqual(days(7))
  })

  it('格子越具体越优先', () => {
    const profile: LimitProfile = {
      ...DEFAULT_PROFILE,
      resolve: [
        { kind: 'help', complexity: 'complex', limit: workdays(4) },
        { limit: workdays(1) },
        { kind: 'help', limit: workdays(3) },
        { complexity: 'complex', limit: workdays(2) },
        { complexity: 'simple', limit: workdays(6) },
      ],
    }
    expect(general(profile, 'help', 'complex').n).toBe(4)
    expect(general(profile, 'help').n).toBe(3)
    expect(general(profile, 'complaint', 'complex').n).toBe(2)
    expect(general(profile, 'complaint').n).toBe(1)
    expect(general(profile, 'complaint', 'simple').n).toBe(6)
  })
})

describe('时限的读法与比较', () => {
  it.each([
    [workdays(5), '5 个工作日'],
    [workdays(0.5), '半个工作日'],
    [hours(24), '24 小时'],
    [minutes(30), '30 分钟'],
    [minutes(10), '10 分钟'],
    [minutes(90), '1.5 小时'],
    [days(7), '7 天'],
    [days(0), '当日'],
  ])('%o 读作 %s', (limit, text) => expect(limitText(limit)).toBe(text))

  it.each([
    [workdays(3), workdays(5), true],
    [workdays(6), workdays(5), false],
    [hours(24), workdays(1), true],
    [hours(25), workdays(1), false],
    [days(5), workdays(5), true],
    [workdays(1), hours(240), false],
    [workdays(1), days(30), false],
    [days(1), hours(24), false],
    [days(0), hours(24), true],
    [hours(2), hours(2), true],
  ])('%o 任何时候都不长于 %o:%s', (a, b, expected) => expect(isNeverLonger(a, b)).toBe(expected))
})
