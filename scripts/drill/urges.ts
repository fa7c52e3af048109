import { AppError } from '@hotline/shared/error'
import { act, TOO_LATE } from './act'
import type { Company } from './company'
import type { Todo } from './plan'
import { CALLER, leadOf, step, type Scene } from './step'

/** Urges come from elsewhere while others work, and must disturb nobody. */
export function urges({ view, todo, world, queryCode }: Scene, company: Company): Promise<void>[] {
  const due = todo.urges.filter(({ at }) => at === view.status)
  todo.urges = todo.urges.filter(({ at }) => at !== view.status)
  return due.map(async ({ by }) => {
    try {
      const as = urger(by, todo, view, world)
      const input = as === CALLER ? {} : { note: '诉求人再次来电催办' }
      await act({ view, queryCode }, step(as, 'urge', input), company)
    } catch (error) {
      // Meanwhile it may have come to its end, or a co-unit's clerk may have nothing below him any more.
      if (!(error instanceof AppError) || !TOO_LATE.includes(error.code)) throw error
    }
  })
}

function urger(
  by: Todo['urges'][number]['by'],
  todo: Todo,
  view: Scene['view'],
  world: Pick<Scene['world'], 'superiorOf'>,
): string {
  if (by === 'caller') return CALLER
  if (by === 'agent') return todo.agent
  if (by === 'supervisor') return 'supervisor1'
  const lead = leadOf(view)
  const superior = lead && view.confidentiality === 0 ? world.superiorOf(lead.unitId) : undefined
  return by === 'superior' && superior ? `clerk@${superior}` : todo.dispatcher
}
