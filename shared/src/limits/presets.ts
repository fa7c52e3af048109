import { days, hours, minutes, workdays } from './limit'
import type { LimitProfile, ResolveCell } from './profile'
import type { Kind } from '../ticket/labels'

/**
 * 滨州: "能答复的当场答复, 情况复杂的 5 至 7 个工作日内反馈" (2019), same-day dispatch and callback (2021). What it does not
 * say is filled from the source beside the value; [D] is the design's own (domain.md §2.4.1).
 */
export const DEFAULT_PROFILE: LimitProfile = {
  id: 'default',
  version: 1,
  name: '滨州市默认时限',
  source: '滨州市 2019 年报告（S3）：情况复杂的 5 至 7 个工作日；缺项按山东、吕梁、北京等地的规定补齐',
  dueTime: '24:00',
  countFrom: 'dispatched',
  resolve: [
    { complexity: 'general', limit: workdays(5) },
    { complexity: 'complex', limit: workdays(7) },
    { complexity: 'difficult', limit: workdays(15) }, // 山东省级 2017, 广东 2022, 四川 2026
    { urgency: 'urgent', limit: hours(24) }, // 北京 2021 征求意见稿
    { urgency: 'critical', limit: hours(2) }, // 北京 2021, 武汉 2009
    { kind: 'rating', limit: workdays(5) }, // 差评整改: 德州 2020
  ],
  dispatch: { general: days(0), urgent: minutes(10) }, // 滨州 2021: 当日转办; urgent [D]
  acknowledge: { general: workdays(1), urgent: minutes(30) }, // 蚌埠 2019; 吕梁 2024
  return: { general: workdays(1), urgent: minutes(30) }, // 吕梁 2024
  returnComplex: workdays(2), // 天津送审稿
  firstContact: { general: workdays(1), urgent: hours(2) }, // [D]
  reviews: { return: workdays(1), extension: workdays(1) }, // [D]
  hotlineReview: workdays(1), // [D]
  extension: { maxTimes: 2, maxTotalWorkdays: 10 }, // 山东省 2020, 沈阳
  yellow: { workdaysBefore: 1, hoursLeftShare: 0.25 }, // 山东省级 2017; hours [D]
  rework: workdays(3), // [D]
  reworkEscalateAt: 3, // 巴彦淖尔
  suspendMaxDays: 180, // 吕梁 2024
  callback: {
    attempts: 3,
    intervalHours: 2,
    firstWithinWorkdays: 1,
    withinWorkdays: 3,
    callingHours: ['08:30', '20:30'],
  },
  archiveDays: 30,
  reopenDays: 30,
  appealWorkdays: 3,
  unmergeWorkdays: 3, // [D]
  designateAfterReturns: 3, // 天津送审稿, 潍坊 2021
  targets: { onTimeClose: 98, satisfaction: 95, connect: 95, answerSeconds: 15 },
  scoreWeights: { response: 30, solved: 35, satisfied: 35 },
  // 首次联系 and acknowledging have a workday each: a unit that works on it has done something within three. One rework
  // may be an oversight; the second says that something is wrong. All [D], as is the order of the pool.
  risk: { soonHours: 24, quietWorkdays: 3, reworks: 2 },
  poolOrder: {
    urgentHours: 24,
    criticalHours: 48,
    lifeHours: 12,
    supplyHours: 4,
    returnHours: 2,
    returnHoursMost: 6,
    urgeHours: 1,
    urgeHoursMost: 4,
    callerHours: 1,
    callerHoursMost: 4,
  },
}

type Own = Partial<Omit<LimitProfile, 'id' | 'name' | 'source' | 'resolve'>>

/** What a city's rules do not say, it has from the default. */
function preset(id: string, name: string, source: string, resolve: ResolveCell[], own: Own = {}): LimitProfile {
  return { ...DEFAULT_PROFILE, id, name, source, resolve, ...own }
}

const all = (n: number): ResolveCell[] => [{ limit: workdays(n) }]
const kinds = (n: number, ...of: Kind[]): ResolveCell[] => of.map((kind) => ({ kind, limit: workdays(n) }))
const { acknowledge, dispatch, extension, firstContact, returns, targets } = {
  ...DEFAULT_PROFILE,
  returns: DEFAULT_PROFILE.return,
}

/** Cities' published rules. `id`s are those of the data sheet they come from, with hyphens. */
export const PRESETS: readonly LimitProfile[] = [
  preset('binzhou-2019-seed', '滨州市 2019', 'S3 滨州市 2019 年报告：情况复杂的，5 至 7 个工作日内反馈办理结果', [
    { complexity: 'general', limit: workdays(5) },
    { complexity: 'complex', limit: workdays(7) },
  ]),
  preset(
    'shandong-province-2020',
    '山东省 2020',
    'R2 山东省 2020 年公开的热线规定；特别复杂的延期不超过 10 个工作日',
    all(5),
    {
      return: { ...returns, general: workdays(2) },
      extension: { ...extension, maxTotalWorkdays: 10 }, // 特别复杂的
    },
  ),
  preset(
    'shandong-provincial-2017',
    '山东省级 2017',
    'R1 山东省级 2017 年公开的热线规定；再次延期须报省级主管部门批准',
    all(15),
    {
      extension: { maxTimes: 2, maxEachWorkdays: 7, maxTotalWorkdays: 14 },
    },
  ),
  preset(
    'guangdong-2022-zhanjiang',
    '广东省 2022（湛江适用）',
    'R3 广东省 2022 年公开的热线规定，2022-09-01 起施行',
    [...kinds(2, 'inquiry'), ...kinds(10, 'help', 'suggestion'), ...kinds(15, 'complaint', 'report')],
    { effectiveFrom: '2022-09-01' },
  ),
  preset('sichuan-2026', '四川省 2026', 'R5 四川省 2026 年公开的热线规定', [
    ...kinds(3, 'inquiry'),
    ...kinds(7, 'help', 'suggestion'),
    ...kinds(15, 'complaint', 'report'),
  ]),
  preset(
    'lvliang-2024',
    '吕梁市 2024',
    'R7 吕梁市 2024 年公开的热线办法；征地拆迁等长期事项不超过 180 日',
    [...all(5), ...kinds(3, 'inquiry')],
    {
      dispatch: { ...dispatch, general: workdays(0.5) },
      acknowledge: { ...acknowledge, urgent: minutes(30) },
      return: { ...returns, general: workdays(1) },
      extension: { maxTimes: 3, maxEachWorkdays: 3, maxTotalWorkdays: 9 },
      suspendMaxDays: 180, // 征地拆迁等
    },
  ),
  preset(
    'beijing-standard-draft-2021',
    '北京市 2021（征求意见稿）',
    'P10 北京市“接诉即办”标准征求意见稿（2021），按自然日',
    [
      { limit: days(7) },
      { complexity: 'complex', limit: days(15) },
      { complexity: 'difficult', limit: days(15) },
      { urgency: 'urgent', limit: hours(24) }, // 水电气热
      { urgency: 'critical', limit: hours(2) }, // 突发, 可能造成生命财产损失
    ],
    { targets: { ...targets, connect: 95, answerSeconds: 15 } },
  ),
  preset('anyang-2021', '安阳市 2021', 'L4 安阳市政务服务条例（2021）第 45 至 50 条；延期由单位负责人批准', all(5), {
    return: { ...returns, general: hours(24) },
    extension: { maxTimes: 1, maxEachWorkdays: 5, maxTotalWorkdays: 5 },
  }),
  preset('jinan-2018', '济南市 2018', 'L2 济南市 12345 市民服务热线条例（2018）；法定时限更长的从其规定', all(5)),
  preset('weifang-2021', '潍坊市 2021', 'L3 潍坊市 12345 政务服务便民热线条例（2021）；法定时限更长的从其规定', all(5)),
  preset('tianjin-draft', '天津市（送审稿）', 'R6 天津市热线规定（送审稿）；三次派单仍定不了承办单位的由热线指定', [], {
    return: { ...returns, general: workdays(1) },
    returnComplex: workdays(2),
    designateAfterReturns: 3,
  }),
  preset(
    'bengbu-2019',
    '蚌埠市 2019（电话工单）',
    'R8 蚌埠市 2019 年公开的热线规定；电话交办：一般应急 20 分钟、重大应急 10 分钟反馈落实情况',
    [...all(5), { urgency: 'urgent', limit: minutes(20) }, { urgency: 'critical', limit: minutes(10) }],
    { acknowledge: { ...acknowledge, general: workdays(1) } },
  ),
  preset(
    'bengbu-2019-web',
    '蚌埠市 2019（省长热线、网络工单）',
    'R8 蚌埠市 2019 年公开的热线规定：省长热线、网络工单',
    all(3),
    {
      acknowledge: { ...acknowledge, general: workdays(1) },
    },
  ),
  preset(
    'shenyang',
    '沈阳市',
    'R10 沈阳市公开的热线规定',
    [...kinds(5, 'inquiry', 'suggestion'), ...kinds(10, 'help', 'complaint', 'report')],
    {
      dispatch: { ...dispatch, general: workdays(1) },
      extension: { maxTimes: 2, maxEachWorkdays: 5, maxTotalWorkdays: 10 },
    },
  ),
  preset('shishi-2016', '石狮市 2016', 'R13 石狮市 2016 年公开的热线规定', [
    ...kinds(3, 'inquiry', 'help'),
    ...kinds(5, 'complaint', 'report', 'suggestion'),
  ]),
  preset('bureau-fsou', '某市局内部规定', 'R11 某市局内部规定：收到转办件工单的次日起计算', [
    ...kinds(3, 'inquiry', 'help'),
    ...kinds(13, 'suggestion', 'complaint', 'report'),
    { urgency: 'urgent', limit: days(0) },
  ]),
  preset(
    'wuhan-2009',
    '武汉市 2009',
    'V22 武汉市 2009 年公开的承诺：紧急 2 小时、非紧急 24 小时（例：公共场所水管爆裂）',
    [{ limit: hours(24) }, { urgency: 'urgent', limit: hours(2) }, { urgency: 'critical', limit: hours(2) }],
  ),
  preset(
    'shanghai-rating',
    '上海市好差评',
    'R21 上海市“好差评”差评整改：1、5、15 个工作日（1 日内联系，简单的 5 日，复杂的 15 日）',
    [
      { kind: 'rating', limit: workdays(5) },
      { kind: 'rating', complexity: 'complex', limit: workdays(15) },
      { kind: 'rating', complexity: 'difficult', limit: workdays(15) },
    ],
    { firstContact: { ...firstContact, general: workdays(1) } },
  ),
  preset(
    'dezhou-rating-2020',
    '德州市好差评 2020',
    'R22 德州市 2020 年“好差评”规定：差评 5 个工作日整改，实名差评回访 100%',
    kinds(5, 'rating'),
    {
      targets: { ...targets, namedBadRatingVisit: 100 },
    },
  ),
]

export function presetOf(id: string): LimitProfile | undefined {
  return [DEFAULT_PROFILE, ...PRESETS].find((profile) => profile.id === id)
}
