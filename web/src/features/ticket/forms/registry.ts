import type { CommandType } from '@hotline/shared/ticket/commands'
import { defineAsyncComponent, type Component, type InjectionKey } from 'vue'

type Forms = Partial<Record<CommandType, Component>>

/** Those that want one text; `opinionWords` knows which. */
const ONE_TEXT = [
  'recall',
  'approveReturn',
  'rejectReturn',
  'approveExtension',
  'rejectExtension',
  'rework',
  'requestInfo',
  'supplement',
  'unmerge',
  'void',
  'withdraw',
  'keepUnit',
  'cancelConsultation',
  'recallDelegation',
  'sendBack',
  'approveSuspension',
  'rejectSuspension',
  'resume',
  'approveTermination',
  'rejectTermination',
  'answerSupervision',
  'closeSupervision',
  'appealCallback',
  'appealRating',
] as const satisfies readonly CommandType[]

const lazily = (load: () => Promise<{ default: Component }>) => defineAsyncComponent({ loader: load, delay: 100 })

const opinion = lazily(() => import('./OpinionForm.vue'))

/**
 * The form of each command that needs input. Each takes `ticket: TicketView`, `busy: boolean`, `errors: FieldError[]`
 * and emits `submit` with the command's body (without version); commands without a form here run at once.
 */
export const FORMS: Forms = {
  accept: lazily(() => import('./AcceptForm.vue')),
  amend: lazily(() => import('./AmendForm.vue')),
  answer: lazily(() => import('./AnswerForm.vue')),
  decline: lazily(() => import('./DeclineForm.vue')),
  transferEmergency: lazily(() => import('./TransferEmergencyForm.vue')),
  requestReturn: lazily(() => import('./RequestReturnForm.vue')),
  assignHandler: lazily(() => import('./AssignHandlerForm.vue')),
  recordContact: lazily(() => import('./RecordContactForm.vue')),
  recordProgress: lazily(() => import('./RecordProgressForm.vue')),
  requestExtension: lazily(() => import('./RequestExtensionForm.vue')),
  endorseRequest: lazily(() => import('./EndorseRequestForm.vue')),
  refuseRequest: lazily(() => import('./RefuseRequestForm.vue')),
  reply: lazily(() => import('./ReplyForm.vue')),
  reviewByUnit: lazily(() => import('./ReviewByUnitForm.vue')),
  reviewByHotline: lazily(() => import('./ReviewByHotlineForm.vue')),
  recordAttempt: lazily(() => import('./RecordAttemptForm.vue')),
  recordCallback: lazily(() => import('./RecordCallbackForm.vue')),
  judgeCallback: lazily(() => import('./JudgeCallbackForm.vue')),
  reopen: lazily(() => import('./ReopenForm.vue')),
  urge: lazily(() => import('./UrgeForm.vue')),
  merge: lazily(() => import('./MergeForm.vue')),
  supplyInfo: lazily(() => import('./SupplyInfoForm.vue')),
  openConsultation: lazily(() => import('./OpenConsultationForm.vue')),
  giveOpinion: lazily(() => import('./GiveOpinionForm.vue')),
  recordSiteVisit: lazily(() => import('./RecordSiteVisitForm.vue')),
  delegate: lazily(() => import('./DelegateForm.vue')),
  requestSuspension: lazily(() => import('./RequestSuspensionForm.vue')),
  requestTermination: lazily(() => import('./RequestTerminationForm.vue')),
  supervise: lazily(() => import('./SuperviseForm.vue')),
  escalate: lazily(() => import('./EscalateForm.vue')),
  instruct: lazily(() => import('./InstructForm.vue')),
  rectify: lazily(() => import('./RectifyForm.vue')),
  judgeRating: lazily(() => import('./JudgeRatingForm.vue')),
  archive: lazily(() => import('./ConfirmForm.vue')),
  ...Object.fromEntries(ONE_TEXT.map((command) => [command, opinion])),
}

/**
 * Whole panels for commands that a later feature knows better (派单台's candidates and limits); handed in by App.vue.
 * Each takes `ticket` and emits `done` with the new one.
 */
export const COMMAND_PANELS: InjectionKey<Forms> = Symbol('command panels')
