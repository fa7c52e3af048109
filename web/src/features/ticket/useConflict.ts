import type { CommandType } from '@hotline/shared/ticket/commands'
import type { TicketView } from '@hotline/shared/ticket/view'
import { computed, onUnmounted, shallowRef } from 'vue'
import { dropDraft, listDrafts, useDraft } from '../../platform/drafts'
import { useSession } from '../../platform/session'
import { baseOf, changedSince, conflictOf, isNothing, settled, type Base, type Conflict, type Field } from './conflict'
import { draftPurpose } from './forms/useFormDraft'
import type { AnyBody } from './ticketApi'

/**
 * The matter as it was when a form was begun, against what it has become. The page follows the ticket, so the version alone
 * tells nothing: a word of somebody else's would be written over by who never saw it.
 * @param command under whose draft the form is kept
 */
export function useConflict(command: CommandType, ticket: () => TicketView) {
  const userId = useSession().user?.id ?? ''
  const purpose = draftPurpose(command, ticket().id)
  const { id } = ticket()
  const isKept = () => listDrafts(userId, purpose).includes(purpose)
  const isBegun = isKept()
  const { value: base, save } = useDraft<Base>(userId, `base:${purpose}`, () => baseOf(ticket()))
  // What was kept of another time counts for the words of that time only.
  if (!isBegun) base.value = baseOf(ticket())
  save()
  // Who wrote nothing leaves nothing behind; the form's own draft is kept by now, if there is one.
  onUnmounted(() => {
    if (!isKept()) end()
  })
  const end = () => dropDraft(userId, `base:${purpose}`)
  const conflict = shallowRef<Conflict>()
  let before: Base | undefined

  /** What one changed oneself, on another form or page, one knows. */
  const isOthers = () =>
    ticket().id === id &&
    ticket().history.some(({ version, by }) => version > base.value.version && by.userId !== userId)

  /** Opens the dialog and says so, when the two have to do with one another. */
  function stops(acting: CommandType, body: AnyBody): boolean {
    conflict.value = isOthers() ? conflictOf(base.value, ticket(), acting, body) : undefined
    return conflict.value !== undefined
  }

  /** As the dialog was answered; undefined where nothing is left to be done. */
  function settle(acting: CommandType, body: AnyBody, kept: ReadonlySet<Field>): AnyBody | undefined {
    const next = settled(base.value, ticket(), acting, body, kept)
    conflict.value = undefined
    before = base.value
    base.value = baseOf(ticket())
    return isNothing(acting, next) ? undefined : next
  }

  return {
    conflict,
    changed: computed(() => (isOthers() ? changedSince(base.value, ticket()) : [])),
    sinceVersion: computed(() => base.value.version),
    stops,
    /** With what stands now in the fields that the form gives along and nobody has touched in it. */
    fresh: (acting: CommandType, body: AnyBody) => settled(base.value, ticket(), acting, body, new Set()),
    settle,
    /** What was settled did not go through: it is asked again. */
    unsettle: () => {
      if (before) base.value = before
      before = undefined
    },
    /** It has been seen: from here on it counts anew. */
    rebase: () => {
      base.value = baseOf(ticket())
    },
    /** It went through. */
    end,
  }
}
