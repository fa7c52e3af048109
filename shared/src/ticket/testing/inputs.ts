import { DEFAULT_PROFILE } from '../../limits/presets'
import { type CallbackTarget, callbackTargets, mayCallNow } from '../callbackTargets'
import { COMMAND_SCHEMAS, type CommandInput, type CommandType, type TicketCommand } from '../commands'
import { AppError } from '../../error'
import type { Supervision } from '../conditions'
import { whyNotDelegate } from '../delegates'
import { leadOf, type Ticket } from '../ticket'
import { BUREAU, MAIN_ID, OTHER_BUREAU, PLACE, SOLO_TOWN, TOWN, units } from './world'

/** What an input may depend on: a unit cannot suggest itself, nobody contacts the anonymous. */
interface Given {
  ticket: Ticket | undefined
  at: Date
  /** The unit of the actor. */
  unitId: string
}

type Canonical = { [T in CommandType]: (given: Given) => Omit<CommandInput<T>, 'version'> }

/** Plain `as` fits no further than `{}`; the fields are those of `reply`. */
const contactOf = ({ ticket, at }: Given) =>
  ticket && (ticket.isAnonymous || ticket.confidentiality > 0 || !ticket.hasContact)
    ? { contacted: 'exempt' as const }
    : { contacted: 'yes' as const, contactedAt: at, contactMethod: 'phone' as const, contactNumber: '13800000000' }

/** Of several callers the first who is still to be called. */
const calledNext = ({ ticket, at }: Given, isWanted: (target: CallbackTarget) => boolean) =>
  ticket && callbackTargets(ticket, at).find(isWanted)?.participantId

/** One complete valid input for every command. */
export const CANONICAL: Canonical = {
  register: () => ({
    channel: 'phone',
    caller: { number: '13805430001', name: '张三' },
    kind: 'complaint',
    matterCode: '010101',
    regionCode: PLACE,
    address: '黄河五路渤海七路路口',
    title: '夜间施工噪音扰民',
    detail: '诉求人反映工地夜间施工，影响休息。',
    urgency: 'general',
    accusedUnitIds: [],
  }),
  accept: () => ({ title: '夜间施工噪音扰民', matterCode: '010101', regionCode: PLACE }),
  amend: ({ ticket }) => ({ changes: { detail: `${ticket?.detail ?? ''}。` }, reason: '话务员笔误' }),
  answer: () => ({ answer: '工地已取得夜间施工许可，至本月底结束。' }),
  decline: () => ({ code: 'LEGAL', reason: '已在诉讼中', channelTold: '滨城区人民法院' }),
  transferEmergency: ({ at }) => ({ to: '110', transferredAt: at, isThreeWay: true }),
  dispatch: () => ({
    leadUnitId: BUREAU,
    task: '调查处理夜间施工噪音',
    standard: '停止违规施工并答复诉求人',
    limit: { kind: 'profile' },
  }),
  designate: () => ({
    leadUnitId: BUREAU,
    task: '调查处理夜间施工噪音',
    standard: '停止违规施工并答复诉求人',
    limit: { kind: 'profile' },
    basis: '三次退单后由热线指定',
  }),
  recall: () => ({ reason: '派错单位' }),
  acknowledge: () => ({}),
  autoAcknowledge: () => ({}),
  requestReturn: ({ unitId }) => ({
    reason: 'notOurDuty',
    basis: '三定规定第三条',
    suggestedUnitId: unitId === OTHER_BUREAU ? BUREAU : OTHER_BUREAU,
  }),
  approveReturn: () => ({ opinion: '同意改派' }),
  rejectReturn: () => ({ opinion: '属你单位职责' }),
  assignHandler: ({ unitId, ticket }) => {
    const unit = unitOfTask(unitId, ticket)
    return { handlerId: unit === SOLO_TOWN ? `all@${unit}` : `handler@${unit}` }
  },
  recordContact: ({ at }) => ({ contactedAt: at, method: 'phone', isReached: true, result: '已联系，诉求人表示理解' }),
  recordProgress: () => ({ note: '已到现场' }),
  requestExtension: () => ({ reason: '需要检测', workdays: 1, isCallerTold: true }),
  endorseRequest: () => ({ opinion: '情况属实' }),
  refuseRequest: () => ({ opinion: '按期办结' }),
  approveExtension: () => ({ opinion: '同意' }),
  rejectExtension: () => ({ opinion: '理由不足' }),
  reply: (given) => ({
    isFactual: 'yes',
    ...contactOf(given),
    solved: 'yes',
    handling: '已责令停工',
    publicReply: '您反映的问题已处理。',
    overdueReason: '检测耗时',
  }),
  reviewByUnit: () => ({ isPassed: true, opinion: '同意上报' }),
  reviewByHotline: () => ({ isPassed: true, opinion: '办理到位' }),
  recordAttempt: (given) => ({
    participantId: calledNext(given, (target) => mayCallNow(target, DEFAULT_PROFILE, given.at)),
    result: 'noAnswer',
  }),
  closeUnreachable: () => ({}),
  recordCallback: (given) => ({
    participantId: calledNext(given, ({ state }) => state !== 'answered'),
    method: 'phone',
    solved: 'yes',
    contactedByUnit: true,
    satisfaction: { result: 5, attitude: 5, agent: 5 },
  }),
  judgeCallback: () => ({ verdict: 'dismissed', reason: '诉求超出政策' }),
  rework: () => ({ reason: '抽查发现未解决' }),
  reopen: () => ({ newFacts: '工地又开始夜间施工' }),
  urge: () => ({ note: '诉求人来电催办' }),
  yellowCard: () => ({}),
  redCard: () => ({}),

  requestInfo: () => ({ missing: '请补充工地的具体位置' }),
  supplyInfo: ({ unitId }) => ({
    facts: '工地在渤海七路路口东北角',
    // What it means is the hotline's to say.
    ...(unitId === 'caller' ? {} : { title: '夜间施工噪音扰民', matterCode: '010101' }),
  }),
  supplement: () => ({ text: '今天凌晨又施工至三点' }),
  merge: () => ({ mainId: MAIN_ID, reason: '同一工地' }),
  unmerge: () => ({ reason: '不是同一工地' }),
  joinCaller: ({ ticket }) => ({
    // The next one, where one is there already.
    ...(ticket?.participants?.some(({ ticketId }) => ticketId === 't9')
      ? { ticketId: 't8', no: '371600261123000008' }
      : { ticketId: 't9', no: '371600261123000009' }),
    needsCallback: true,
  }),
  leaveCaller: () => ({ ticketId: 't9' }),
  void: () => ({ reason: '登记错误' }),
  withdraw: () => ({ reason: '诉求人表示已自行解决' }),
  archive: () => ({}),
  handOver: ({ ticket }) => ({
    assignmentId: ticket?.leadAssignmentId,
    unitId: '371600-JT',
    reason: '单位停用，业务并入交通运输局',
  }),
  keepUnit: () => ({ opinion: '仍由原单位办理' }),

  openConsultation: () => ({ topic: '夜间施工由谁牵头', unitIds: [BUREAU, OTHER_BUREAU] }),
  giveOpinion: () => ({ stance: 'lead', opinion: '由我单位牵头', basis: '三定规定第二条' }),
  recordSiteVisit: ({ at }) => ({
    visitedAt: at,
    place: '黄河五路渤海七路路口',
    unitIds: [BUREAU, OTHER_BUREAU],
    people: '住建局李强、城管局王芳',
    findings: '现场正在浇筑混凝土',
  }),
  concludeConsultation: () => ({
    leadUnitId: BUREAU,
    coUnitIds: [OTHER_BUREAU],
    task: '调查处理夜间施工噪音',
    standard: '停止违规施工并答复诉求人',
    limit: { kind: 'profile' },
    basis: '会商纪要第 12 号',
  }),
  cancelConsultation: () => ({ reason: '职责已明确' }),

  delegate: ({ ticket, unitId }) => ({
    unitId: delegateOf(ticket, unitId),
    task: '到现场查看',
    standard: '报送现场情况',
    limit: { kind: 'profile' },
  }),
  recallDelegation: () => ({ reason: '改由本单位直接办理' }),
  sendBack: () => ({ opinion: '请补充现场情况' }),

  requestSuspension: () => ({
    reason: '冬季停工，不具备条件',
    measures: '先行围挡，开春后施工',
    promisedDate: '2027-03-31',
    isCallerTold: true,
  }),
  approveSuspension: () => ({ opinion: '同意挂起' }),
  rejectSuspension: () => ({ opinion: '不属客观原因' }),
  resume: () => ({ reason: '条件已具备' }),
  requestTermination: () => ({ ground: 'uncooperative', reason: '三次上门均拒绝配合', isCallerTold: true }),
  approveTermination: () => ({ opinion: '同意终止' }),
  rejectTermination: () => ({ opinion: '继续办理' }),

  supervise: ({ at }) => ({
    form: 'written',
    trigger: 'overdue',
    requirement: '三日内办结并报告',
    deadline: new Date(at.getTime() + 3 * 86_400_000),
  }),
  answerSupervision: ({ ticket, unitId }) => ({
    supervisionId: supervisionOf(ticket, (one) => one.unitId === unitId),
    answer: '已安排专人办理',
  }),
  closeSupervision: ({ ticket, unitId }) => ({
    supervisionId: supervisionOf(ticket, (one) => one.by.unitId === unitId),
    result: '已办结，销号',
  }),
  escalate: ({ at }) => ({
    requirement: '请市政府办公室协调',
    deadline: new Date(at.getTime() + 5 * 86_400_000),
  }),
  instruct: () => ({ instruction: '请住建局认真办理，切实解决群众诉求' }),
  appealCallback: () => ({ reason: '问题已解决，诉求人另有所求' }),

  rate: () => ({ channel: 'web', score: 5, comment: '办理及时' }),
  rectify: () => ({
    cause: '窗口人员业务不熟',
    measures: '组织培训',
    result: '已向当事人致歉',
    overdueReason: '培训需要时间',
  }),
  appealRating: () => ({ reason: '评价人误触评价器' }),
  judgeRating: () => ({ verdict: 'valid', reason: '经核实属实' }),
}

/** The open supervision that is the actor's to answer or close, else any. */
function supervisionOf(ticket: Ticket | undefined, isOwn: (supervision: Supervision) => boolean): string {
  const open = ticket?.supervisions?.filter(({ closedAt }) => !closedAt) ?? []
  return (open.find(isOwn) ?? open[0])?.id ?? 's1'
}

/** The first unit below the actor's that could take it. */
function delegateOf(ticket: Ticket | undefined, own: string): string {
  const assignment = ticket?.assignments.find(({ unitId }) => unitId === own)
  const free = (unitId: string) => ticket && assignment && !whyNotDelegate(ticket, assignment, unitId, units)
  return units.subtree(own).find(free) ?? TOWN
}

function unitOfTask(unitId: string, ticket: Ticket | undefined): string {
  return ticket?.assignments.some((assignment) => assignment.unitId === unitId)
    ? unitId
    : ((ticket && leadOf(ticket)?.unitId) ?? unitId)
}

export type Overrides<T extends CommandType> = Partial<Omit<CommandInput<T>, 'version'>>

/**
 * The canonical input with some fields changed (`undefined` takes a field away), read by the command's own schema.
 * @throws AppError invalidInput, as the server answers a body that its schema refuses
 */
export function commandOf<T extends CommandType>(type: T, given: Given, overrides: Overrides<T> = {}): TicketCommand {
  const version = type === 'register' ? {} : { version: given.ticket?.version ?? 0 }
  const input: Record<string, unknown> = { ...CANONICAL[type](given), ...version, ...overrides, type }
  const body = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
  const parsed = COMMAND_SCHEMAS[type].safeParse(body)
  if (parsed.success) return parsed.data as TicketCommand
  const fields = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  throw new AppError('invalidInput', fields.map(({ message }) => message).join('；'), { fields })
}
