import { isDissatisfied } from '@hotline/shared/ticket/callbackRule'
import type { CommandInput } from '@hotline/shared/ticket/commands'
import {
  DISSATISFIED_LABELS,
  SATISFACTION_LABELS,
  SOLVED_LABELS,
  type DissatisfiedReason,
  type Satisfaction,
} from '@hotline/shared/ticket/labels'

/** What the officer has noted so far. Whatever is undefined has not been asked yet. */
export interface CallbackAnswers {
  method: CommandInput<'recordCallback'>['method']
  contactedByUnit?: boolean
  solved?: keyof typeof SOLVED_LABELS
  result?: Satisfaction
  attitude?: Satisfaction
  agent?: Satisfaction
  reasons: DissatisfiedReason[]
  remark: string
  judged?: 'reasonable' | 'unreasonable'
}

export type QuestionId = 'contactedByUnit' | 'solved' | 'result' | 'attitude' | 'agent' | 'reasons' | 'judged'
type Answer = boolean | string | number

export interface Option {
  /** The key that gives this answer while the question is the current one. */
  key: string
  label: string
  value: Answer
  tone?: 'good' | 'bad'
}

export interface Question {
  id: QuestionId
  label: string
  /** As the officer says it. */
  ask: string
  options: Option[]
  isMultiple?: boolean
  isRating?: boolean
}

const rating: Option[] = [
  ...([5, 4, 3, 2, 1] as const).map((value): Option => ({
    key: String(value),
    label: SATISFACTION_LABELS[value],
    value,
    tone: value >= 4 ? 'good' : value <= 2 ? 'bad' : undefined,
  })),
  { key: '0', label: '不评价', value: 'declined' },
]

const QUESTIONS: Record<QuestionId, Question> = {
  contactedByUnit: {
    id: 'contactedByUnit',
    label: '是否联系',
    ask: '承办单位是否与您联系过？',
    options: [
      { key: 'y', label: '已联系', value: true, tone: 'good' },
      { key: 'n', label: '未联系', value: false, tone: 'bad' },
    ],
  },
  solved: {
    id: 'solved',
    label: '是否解决',
    ask: '您反映的问题解决了吗？',
    options: [
      { key: 'y', label: SOLVED_LABELS.yes, value: 'yes', tone: 'good' },
      { key: 'p', label: SOLVED_LABELS.partly, value: 'partly' },
      { key: 'n', label: SOLVED_LABELS.no, value: 'no', tone: 'bad' },
      { key: '0', label: SOLVED_LABELS.noOpinion, value: 'noOpinion' },
    ],
  },
  result: {
    id: 'result',
    label: '办理结果',
    ask: '您对办理结果、承办人员态度和话务员服务都满意吗？（先记办理结果）',
    options: rating,
    isRating: true,
  },
  attitude: {
    id: 'attitude',
    label: '承办人员态度',
    ask: '您对承办人员的态度满意吗？',
    options: rating,
    isRating: true,
  },
  agent: { id: 'agent', label: '话务员服务', ask: '您对接听话务员的服务满意吗？', options: rating, isRating: true },
  reasons: {
    id: 'reasons',
    label: '不满意原因',
    ask: '主要不满意在哪里？（可多选，回车继续）',
    isMultiple: true,
    options: Object.entries(DISSATISFIED_LABELS).map(([value, label], index) => ({
      key: String(index + 1),
      label,
      value,
    })),
  },
  judged: {
    id: 'judged',
    label: '回访员判定',
    ask: '诉求是否合理？（不念给诉求人）',
    options: [
      { key: 'y', label: '诉求合理', value: 'reasonable' },
      { key: 'n', label: '诉求不合理', value: 'unreasonable' },
    ],
  },
}

const ASKED = ['contactedByUnit', 'solved', 'result', 'attitude', 'agent'] as const

export function emptyAnswers(): CallbackAnswers {
  return { method: 'phone', reasons: [], remark: '' }
}

/** Whether it is known already that the caller is dissatisfied, so that reasons and a judgement are wanted. */
export function isKnownDissatisfied({ solved, result }: CallbackAnswers): boolean {
  const unrated = { result: 'declined', attitude: 'declined', agent: 'declined' } as const
  return isDissatisfied({ solved: solved ?? 'noOpinion', satisfaction: { ...unrated, result: result ?? 'declined' } })
}

/** What is to be asked, in the order of the conversation; reasons and judgement only of the dissatisfied. */
export function questionsFor(answers: CallbackAnswers): Question[] {
  const ids: QuestionId[] = isKnownDissatisfied(answers) ? [...ASKED, 'reasons', 'judged'] : [...ASKED]
  return ids.map((id) => QUESTIONS[id])
}

export function isAnswered(answers: CallbackAnswers, id: QuestionId): boolean {
  return id === 'reasons' ? answers.reasons.length > 0 : answers[id] !== undefined
}

/** The first question without an answer; undefined when all are answered. */
export function firstOpen(answers: CallbackAnswers): QuestionId | undefined {
  return questionsFor(answers).find(({ id }) => !isAnswered(answers, id))?.id
}

/** The answers with one more; a reason is switched on or off. Nothing changes when the option is not one of the question. */
export function withAnswer(answers: CallbackAnswers, id: QuestionId, value: Answer): CallbackAnswers {
  if (!QUESTIONS[id].options.some((option) => option.value === value)) return answers
  if (id !== 'reasons') return { ...answers, [id]: value }
  const reason = value as DissatisfiedReason
  const reasons = answers.reasons.includes(reason)
    ? answers.reasons.filter((other) => other !== reason)
    : [...answers.reasons, reason]
  return { ...answers, reasons }
}

/**
 * 三项同评: he was asked for all three at once and gave one answer. Undefined where the result is not known yet, is bad (each
 * is then asked for by itself), or one of the others has been answered already.
 */
export function sameForAll(answers: CallbackAnswers): CallbackAnswers | undefined {
  const { contactedByUnit, solved, result, attitude, agent } = answers
  const isEarly = contactedByUnit === undefined || solved === undefined || result === undefined
  if (isEarly || attitude !== undefined || agent !== undefined || isKnownDissatisfied(answers)) return undefined
  return { ...answers, attitude: result, agent: result }
}

/** The command, without its version; undefined while something is still to be asked. */
export function bodyOf(answers: CallbackAnswers): Omit<CommandInput<'recordCallback'>, 'version'> | undefined {
  const { method, contactedByUnit, solved, result, attitude, agent, reasons, remark, judged } = answers
  if (
    contactedByUnit === undefined ||
    solved === undefined ||
    result === undefined ||
    attitude === undefined ||
    agent === undefined
  )
    return undefined
  const said = { method, contactedByUnit, solved, satisfaction: { result, attitude, agent } }
  const words = remark.trim() || undefined
  // What was noted for a dissatisfaction that has been taken back must not travel.
  return isDissatisfied(said) ? { ...said, reasons, remark: words, judged } : { ...said, remark: words }
}
