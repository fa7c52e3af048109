import { isChoosing, untilChosen } from './choosing'
import { say } from './say'

const BUTTON = 'button, [role="button"], input[type="submit"]'
/** So long nobody notices that something waits. */
const UNNOTICED_MS = 700
const held = new Map<EventTarget, () => void>()

/**
 * The one rule for every form with a picker: a press that might send it (a button, Ctrl+Enter, Enter in a line) waits
 * until what was chosen before it stands in the form, and is then as if it were made now. Where the choice came to
 * nothing the press is forgotten: the picker has said why.
 */
export function holdPresses(): void {
  addEventListener('click', onClick, true)
  addEventListener('submit', onSubmit, true)
  addEventListener('keydown', onKey, true)
}

function onClick(event: Event): void {
  const button = event.target instanceof Element ? event.target.closest<HTMLElement>(BUTTON) : undefined
  if (button && isChoosing()) wait(event, button, () => button.click())
}
function onSubmit(event: SubmitEvent): void {
  const form = event.target
  if (form instanceof HTMLFormElement && isChoosing()) wait(event, form, () => form.requestSubmit(event.submitter))
}
function onKey(event: KeyboardEvent): void {
  const { target, key, ctrlKey, metaKey } = event
  if (key !== 'Enter' || (!ctrlKey && !metaKey) || !(target instanceof Element) || !isChoosing()) return
  // A picker knows better what its own Enter means, and passes it on.
  if (target.closest('[data-picker]')) return
  const again = { key, code: 'Enter', ctrlKey, metaKey, bubbles: true, cancelable: true }
  wait(event, target, () => target.dispatchEvent(new KeyboardEvent('keydown', again)))
}

/** However often it is pressed meanwhile, it is one press. */
function wait(event: Event, target: Element, press: () => void): void {
  event.preventDefault()
  event.stopImmediatePropagation()
  const isFirst = held.size === 0
  held.set(target, press)
  if (isFirst) void release()
}

async function release(): Promise<void> {
  const saying = setTimeout(() => say.note('正在取列表，选定后自动继续'), UNNOTICED_MS)
  const isWhole = await untilChosen()
  clearTimeout(saying)
  // What follows from the choice has been drawn by then.
  await new Promise((resolve) => setTimeout(resolve))
  const presses = [...held]
  held.clear()
  if (isWhole) for (const [target, press] of presses) if ((target as Element).isConnected) press()
}
