import type { CommandType } from '@hotline/shared/ticket/commands'
import { defineAsyncComponent, type Component, type InjectionKey } from 'vue'

type Forms = Partial<Record<CommandType, Component>>

const lazily = (load: () => Promise<{ default: Component }>) => defineAsyncComponent({ loader: load, delay: 100 })

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
  recall: lazily(() => import('./OpinionForm.vue')),
  requestReturn: lazily(() => import('./RequestReturnForm.vue')),
  approveReturn: lazily(() => import('./OpinionForm.vue')),
  rejectReturn: lazily(() => import('./OpinionForm.vue')),
  assignHandler: lazily(() => import('./AssignHandlerForm.vue')),
  recordContact: lazily(() => import('./RecordContactForm.vue')),
  recordProgress: lazily(() => import('./RecordProgressForm.vue')),
  requestExtension: lazily(() => import('./RequestExtensionForm.vue')),
  endorseRequest: lazily(() => import('./EndorseRequestForm.vue')),
  refuseRequest: lazily(() => import('./RefuseRequestForm.vue')),
  approveExtension: lazily(() => import('./OpinionForm.vue')),
  rejectExtension: lazily(() => import('./OpinionForm.vue')),
  reply: lazily(() => import('./ReplyForm.vue')),
  reviewByUnit: lazily(() => import('./ReviewByUnitForm.vue')),
  reviewByHotline: lazily(() => import('./ReviewByHotlineForm.vue')),
  recordAttempt: lazily(() => import('./RecordAttemptForm.vue')),
  recordCallback: lazily(() => import('./RecordCallbackForm.vue')),
  judgeCallback: lazily(() => import('./JudgeCallbackForm.vue')),
  rework: lazily(() => import('./OpinionForm.vue')),
  reopen: lazily(() => import('./ReopenForm.vue')),
  urge: lazily(() => import('./UrgeForm.vue')),
}

/**
 * Whole panels for commands that a later feature knows better (派单台's candidates and limits); handed in by App.vue.
 * Each takes `ticket` and emits `done` with the new one.
 */
export const COMMAND_PANELS: InjectionKey<Forms> = Symbol('command panels')
