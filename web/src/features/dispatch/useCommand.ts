import type { AppError, FieldError } from '@hotline/shared/error'
import { COMMAND_SCHEMAS, type CommandType } from '@hotline/shared/ticket/commands'
import { LIFECYCLE } from '@hotline/shared/ticket/lifecycle'
import type { TicketView } from '@hotline/shared/ticket/view'
import { computed, ref, shallowRef } from 'vue'
import { createIntention } from '../../platform/intention'
import { say, toAppError } from '../../platform/say'
import { ticketApi, type AnyBody } from '../ticket/ticketApi'
import type { useConflict } from '../ticket/useConflict'

/**
 * What a page does when a form's command succeeded. A function and no event: the answer may have changed the page, and
 * taken the form from it, before the form gets to speak.
 */
export type Finish = (answer: TicketView) => void

/** One press, one command: checked by the shared schema, objections at their fields, nothing lost when it fails. */
export function useCommand(ticket: () => TicketView, conflict?: ReturnType<typeof useConflict>) {
  const busy = ref<CommandType>()
  const errors = ref<FieldError[]>([])
  const failure = shallowRef<AppError>()
  const intention = createIntention()
  let last: { command: CommandType; body: AnyBody } | undefined

  async function submit(command: CommandType, body: AnyBody): Promise<TicketView | undefined> {
    if (busy.value) return undefined
    const { version } = ticket()
    last = { command, body }
    failure.value = undefined
    const { error } = COMMAND_SCHEMAS[command].safeParse({ ...body, type: command, version })
    errors.value = error?.issues.map(({ path, message }) => ({ path: path.join('.'), message })) ?? []
    if (errors.value.length > 0 || conflict?.stops(command, body)) return undefined
    return send(command, body)
  }

  /** As the dialog was answered. */
  async function settle(kept: Set<string>): Promise<TicketView | undefined> {
    const body = last && conflict?.settle(last.command, last.body, kept)
    return last && body ? send(last.command, body) : undefined
  }

  async function send(command: CommandType, body: AnyBody): Promise<TicketView | undefined> {
    const { id, version } = ticket()
    busy.value = command
    try {
      const answer = await ticketApi.command(
        { id, version },
        command,
        body,
        intention.keyFor(id, version, command, body),
      )
      intention.settle()
      conflict?.end()
      say.done(`已${LIFECYCLE[command].label}`)
      return answer
    } catch (failed) {
      const known = toAppError(failed)
      if (known.code !== 'unavailable') intention.settle()
      failure.value = known
      errors.value = known.details?.fields ?? []
      if (known.code === 'staleVersion' || known.code === 'illegalTransition') await ticketApi.refetch(id)
      conflict?.unsettle()
      if (known.code === 'staleVersion' && ticket().can.includes(command)) conflict?.stops(command, body)
      return undefined
    } finally {
      busy.value = undefined
    }
  }

  const retry = async () => (last ? submit(last.command, last.body) : undefined)
  const isStale = computed(() => failure.value?.code === 'staleVersion')
  const canRetry = computed(() => !!last && ticket().can.includes(last.command))
  const errorOf = (path: string) => errors.value.find((error) => error.path === path)?.message
  return { busy, errors, errorOf, failure, isStale, canRetry, submit, settle, retry }
}
