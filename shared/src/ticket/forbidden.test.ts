import { describe, expect, it } from 'vitest'
import type { Actor } from '../actor'
import { AppError } from '../error'
import { ROLES, UNIT_ROLES } from '../user/roles'
import { availableCommands } from './available'
import { COMMAND_TYPES, type CommandType } from './commands'
import { decide } from './decide/decide'
import { evolve } from './evolve'
import { TICKET_STATUSES } from './labels'
import { after, by, given } from './testing/given'
import { commandOf } from './testing/inputs'
import { ACTOR_AS, CONDITIONS, TICKET_IN } from './testing/matrix'
import * as s from './testing/stories'
import {
  bureau,
  countyBureau,
  director,
  dispatcher,
  MONDAY,
  otherBureau,
  peopleOf,
  thirdBureau,
  WORLD,
} from './testing/world'
import type { Ticket } from './ticket'

/** What a command makes of a ticket; nothing when a rule refuses it. */
function outcomeOf(
  ticket: Ticket,
  type: CommandType,
  actor: Actor,
  at: Date,
  assignmentId?: string,
): Ticket | undefined {
  const command = commandOf(type, { ticket, at, unitId: actor.unitId })
  try {
    const events = decide(ticket, { ...command, ...(assignmentId ? { assignmentId } : {}) }, { ...WORLD, at, actor })
    return events.reduce<Ticket>(evolve, ticket)
  } catch (error) {
    if (error instanceof AppError && error.code !== 'internal') return undefined
    throw error
  }
}

/**
 * Everything that succeeds, from these statuses with everything that may hang on them. Only what is open is tried: that
 * `decide` refuses all else is what the matrix proves.
 */
function successes(statuses: readonly (typeof TICKET_STATUSES)[number][], actors: readonly Actor[]) {
  return statuses.flatMap((status) =>
    Object.entries(CONDITIONS).flatMap(([condition, { change, at }]) => {
      const ticket = change(TICKET_IN[status])
      const moment = at?.(ticket) ?? MONDAY
      return actors.flatMap((actor) =>
        availableCommands(ticket, { ...WORLD, at: moment, actor }).flatMap((type) => {
          const next = outcomeOf(ticket, type, actor, moment)
          return next ? [{ what: `${status} ${condition}: ${type} by ${actor.roles.join()}`, type, status, next }] : []
        }),
      )
    }),
  )
}

const everybody = ROLES.map((role) => ACTOR_AS[role])
const unitPeople = UNIT_ROLES.map((role) => ACTOR_AS[role])

describe('禁止的走法（domain.md §2.9）', () => {
  it('跳过单位审核或热线审核直接办结', () => {
    // A verdict restores an earlier close, which went through both reviews, or ends a rating that was none.
    const isVerdict = (type: CommandType) => type === 'judgeCallback' || type === 'judgeRating'
    const before = ['registered', 'needInfo', 'accepted', 'consulting', 'dispatched', 'handling', 'unitReview'] as const
    const closing = successes(before, everybody).filter(
      ({ type, next }) => next.status === 'closed' && !isVerdict(type),
    )
    expect(closing.map(({ what }) => what)).toEqual([])
    const toCallback = successes(before, everybody).filter(({ next }) => next.status === 'callback')
    expect(toCallback.map(({ what }) => what)).toEqual([])
  })

  it('热线审核之前必有单位审核，单位审核之前必有反馈（好差评是整改）', () => {
    const toReview = successes(['dispatched', 'handling', 'unitReview'], everybody).filter(
      ({ next }) => next.status === 'hotlineReview',
    )
    expect(new Set(toReview.map(({ type }) => type))).toEqual(new Set(['reviewByUnit']))
    const toUnitReview = successes(['dispatched', 'handling'], everybody).filter(
      ({ next }) => next.status === 'unitReview',
    )
    expect(new Set(toUnitReview.map(({ type }) => type))).toEqual(new Set(['reply', 'rectify']))
  })

  it('归档之后任何写', () => {
    expect(successes(['archived'], everybody).map(({ what }) => what)).toEqual([])
  })

  it('承办单位把工单改回待派单', () => {
    const back = successes(TICKET_STATUSES, unitPeople).filter(
      ({ status, next }) => status !== 'accepted' && next.status === 'accepted',
    )
    expect(back.map(({ what }) => what)).toEqual([])
  })

  it('越子树操作：没有任务、也不是上级的单位什么都不能做', () => {
    const strangers = [otherBureau, countyBureau, peopleOf('371681003')].flatMap(({ clerk, handler, lead, head }) => [
      clerk,
      handler,
      lead,
      head,
    ])
    expect(successes(TICKET_STATUSES, strangers).map(({ what }) => what)).toEqual([])
  })

  it('越子树操作：不能指名别的单位的任务，上下级之间只有代审和对下派的审核', () => {
    const together = after(s.withCo, s.acknowledged, by(bureau.clerk, 'delegate'), by(otherBureau.clerk, 'acknowledge'))
    const child = together.assignments.find(({ role }) => role === 'delegated')
    const others = Object.values(otherBureau)
    for (const type of COMMAND_TYPES)
      for (const actor of others)
        for (const { id, unitId } of together.assignments)
          if (unitId !== actor.unitId)
            expect(outcomeOf(together, type, actor, MONDAY, id), `${type} ${id}`).toBeUndefined()
    const open = COMMAND_TYPES.filter((type) =>
      Object.values(bureau).some((actor) => outcomeOf(together, type, actor, MONDAY, child?.id)),
    )
    // 下级的任务, beside what concerns the whole ticket.
    expect(open.filter((type) => !['supervise', 'urge'].includes(type))).toEqual(['recallDelegation'])
  })

  it('对锁定的任务退单：会商结论、指定、驳回退单、重办', () => {
    const designated = [...s.thriceReturned, by(dispatcher, 'designate'), by(bureau.clerk, 'acknowledge')]
    const conferred = [...s.consulting, by(director, 'concludeConsultation')]
    for (const [story, reason] of [
      [s.returnRejected, /^退单已被驳回，不得再退$/],
      [designated, /^热线指定，不得再退$/],
      [conferred, /^会商确定，不得退单$/],
      [s.reworked, /^重办件不得退单$/],
    ] as const)
      given([...story])
        .when(bureau.clerk, 'requestReturn')
        .refused('ruleViolated', reason)
    const { change } = CONDITIONS.locked!
    for (const status of TICKET_STATUSES)
      expect(outcomeOf(change(TICKET_IN[status]), 'requestReturn', bureau.clerk, MONDAY), status).toBeUndefined()
  })

  it('三次退单后再随意派单', () => {
    given(s.thriceReturned)
      .when(dispatcher, 'dispatch', { leadUnitId: thirdBureau.clerk.unitId })
      .refused('ruleViolated', /^已有 3 次退单获准，只能指定承办单位$/)
  })
})
