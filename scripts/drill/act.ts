import { randomUUID } from 'node:crypto'
import { AppError } from '@hotline/shared/error'
import { LIFECYCLE } from '@hotline/shared/ticket/lifecycle'
import type { TicketView } from '@hotline/shared/ticket/view'
import type { Company } from './company'
import { refusalOf } from './people'
import { CALLER, type Scene, type Step } from './step'

export const TOO_LATE = ['staleVersion', 'illegalTransition', 'ruleViolated', 'forbidden', 'notFound']

/** As the director sees it, which is everything. */
export function lookAgain(id: string, { people }: Company): Promise<TicketView> {
  return people.get<TicketView>('director', `/api/tickets/${id}`)
}

/** One step on the ticket, and the whole ticket after it. @throws AppError who was refused what, and why */
export async function act(scene: Pick<Scene, 'view' | 'queryCode'>, step: Step, company: Company): Promise<TicketView> {
  try {
    const after = step.as === CALLER ? undefined : await bySomebody(scene.view, step, company)
    if (step.as === CALLER) await byCaller(scene, step, company)
    if (step.isForbidden) throw new AppError('internal', '本应被拒绝')
    step.done?.()
    // A unit is shown its part, a caller plain words.
    return !after || step.as.includes('@') ? await lookAgain(scene.view.id, company) : after
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (step.isForbidden && ['ruleViolated', 'illegalTransition', 'forbidden'].includes(error.code)) {
      step.done?.()
      return scene.view
    }
    throw new AppError(error.code, `${step.as} ${LIFECYCLE[step.command].label}：${error.message}`, error.details)
  }
}

async function bySomebody(view: TicketView, { as, command, body }: Step, { people, ledger }: Company) {
  const { id: userId } = await people.user(as)
  const path = `/api/tickets/${view.id}/${command}`
  const input = { ...body, version: view.version }
  const { body: after, ms } = await people.post<TicketView>(as, path, input, randomUUID())
  ledger.acknowledge({ ticketId: view.id, command, userId, base: view.version, version: after.version }, ms)
  return after
}

/** The citizen himself, with nothing but number and code: he sees no version. */
async function byCaller(
  { view, queryCode: code }: Pick<Scene, 'view' | 'queryCode'>,
  { command, body: said, standsIn }: Step,
  { people, ledger }: Company,
): Promise<void> {
  const request = { method: 'POST', path: `/api/public/tickets/${view.no}/${command}`, key: randomUUID() } as const
  const { status, body, ms } = await people.anyone({ ...request, body: { ...said, code } })
  if (status >= 300) throw refusalOf(status, body)
  const base = standsIn ? 0 : view.version
  const entry = { ticketId: standsIn ?? view.id, command, userId: `caller:${view.id}` }
  ledger.acknowledge({ ...entry, base, version: Number.MAX_SAFE_INTEGER }, ms)
}
