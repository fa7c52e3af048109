import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Actor } from '../actor'
import { deskDueOf, dueBySeen, partOf } from './deskDue'
import { deskKey, desksOf, dueByOf } from './desks'
import { OPEN_ASSIGNMENT } from './labels'
import { after, by, ticketOf, type Step } from './testing/given'
import * as s from './testing/stories'
import { begin, move, someMoves, someStart } from './testing/walk'
import * as w from './testing/world'
import { leadOf, type Ticket } from './ticket'
import { sightOf } from './visibility'

const onDesk = (ticket: Ticket, unitId: string, desk: Parameters<typeof deskKey>[1]) =>
  deskDueOf(ticket, desksOf(ticket))?.[deskKey(unitId, desk)]
const seenBy = (actor: Actor, ticket: Ticket) => dueBySeen(ticket, sightOf(ticket, actor))

const helped = [...s.withCo, s.acknowledged, by(w.otherBureau.clerk, 'acknowledge')]
const coReplied = [...helped, by(w.otherBureau.handler, 'reply'), by(w.otherBureau.lead, 'reviewByUnit')]
/** 滨城区 leads and sends a town there, which is to be done in one workday. */
const townAtWork: Step[] = [
  ...s.dispatchedAs({ leadUnitId: w.COUNTY }),
  by(w.county.clerk, 'acknowledge'),
  by(w.county.clerk, 'delegate', { unitId: w.TOWN, limit: { kind: 'workdays', n: 1 } }),
]

describe('期限：各单位按自己的', () => {
  it('镇街自己的期限先到：镇街的台上是镇街的，县里的台上是县里的', () => {
    const ticket = after(townAtWork)
    const [county, town] = [partOf(ticket, w.COUNTY), partOf(ticket, w.TOWN)]
    expect(town?.resolveBy).toEqual(w.at('2026-11-24 24:00'))
    expect(county?.resolveBy.getTime()).toBeGreaterThan(town?.resolveBy.getTime() ?? 0)
    expect([onDesk(ticket, w.TOWN, 'open'), onDesk(ticket, w.TOWN, 'toAcknowledge')]).toEqual([
      town?.resolveBy,
      town?.resolveBy,
    ])
    expect([onDesk(ticket, w.COUNTY, 'open'), onDesk(ticket, w.COUNTY, 'handling')]).toEqual([
      county?.resolveBy,
      county?.resolveBy,
    ])
  })

  it('协办单位看到的是自己的期限；办完就没有了，台上仍按原期限排', () => {
    const working = after(helped)
    const own = partOf(working, w.OTHER_BUREAU)?.resolveBy
    expect(seenBy(w.otherBureau.clerk, working)).toEqual(own)
    const done = after(coReplied)
    expect(seenBy(w.otherBureau.clerk, done)).toBeUndefined()
    expect(onDesk(done, w.OTHER_BUREAU, 'replied')).toEqual(own)
    expect(onDesk(done, w.OTHER_BUREAU, 'open')).toBeUndefined()
  })

  it('抄送的没有期限', () => {
    const ticket = after(helped)
    expect(seenBy(w.county.clerk, ticket)).toBeUndefined()
    expect(deskDueOf(ticket, desksOf(ticket))).not.toHaveProperty([deskKey(w.COUNTY, 'open')])
  })

  it('上级没有自己的任务：下级主办的按主办的，下级协办的按最早要办完的', () => {
    const led = after(s.dispatchedAs({ leadUnitId: w.COUNTY_BUREAU, coUnitIds: [w.BUREAU] }))
    expect(seenBy(w.county.clerk, led)).toEqual(leadOf(led)?.resolveBy)
    const assisted = after(s.dispatchedAs({ leadUnitId: w.BUREAU, coUnitIds: [w.COUNTY_BUREAU] }))
    expect(seenBy(w.county.clerk, assisted)).toEqual(partOf(assisted, w.COUNTY_BUREAU)?.resolveBy)
  })

  it('上级自己也有任务：按自己的，不按下级主办的', () => {
    const ticket = after(s.dispatchedAs({ leadUnitId: w.COUNTY_BUREAU, coUnitIds: [w.COUNTY] }))
    const moved: Ticket = {
      ...ticket,
      assignments: ticket.assignments.map((one) =>
        one.unitId === w.COUNTY ? { ...one, resolveBy: w.at('2026-11-25 24:00') } : one,
      ),
    }
    expect(seenBy(w.county.clerk, moved)).toEqual(w.at('2026-11-25 24:00'))
  })

  it('挂起时谁的时限都停着：都按约定恢复的那一刻', () => {
    const suspended = after([
      ...helped,
      by(w.bureau.handler, 'requestSuspension'),
      by(w.bureau.lead, 'endorseRequest'),
      by(w.director, 'approveSuspension'),
    ])
    const until = suspended.suspension?.until
    expect(until).toBeInstanceOf(Date)
    for (const unitId of [w.BUREAU, w.OTHER_BUREAU]) expect(onDesk(suspended, unitId, 'open')).toEqual(until)
  })

  it('受邀会商的按答复会商的期限', () => {
    const answerBy = w.at('2026-11-25 18:00')
    const ticket = after([
      ...s.registered,
      by(w.dispatcher, 'openConsultation', { unitIds: [w.BUREAU, w.THIRD_BUREAU], answerBy }),
    ])
    expect(onDesk(ticket, w.BUREAU, 'invited')).toEqual(answerBy)
    expect(seenBy(w.bureau.clerk, ticket)).toEqual(answerBy)
  })

  it('代审的上级按它代审的那一件', () => {
    const ticket = after([
      ...s.dispatchedAs({ leadUnitId: w.SOLO_TOWN }),
      by(w.solo, 'acknowledge'),
      by(w.solo, 'reply'),
    ])
    const desks = desksOf(ticket, w.WORLD.staff)
    const key = desks.find((desk) => desk.endsWith('|deputy')) ?? ''
    expect(deskDueOf(ticket, desks)?.[key]).toEqual(leadOf(ticket)?.resolveBy)
  })

  it('任意走法：台上的期限就是本单位那项任务的期限，每个台都有', { timeout: 120_000 }, () => {
    const walks = fc.sample(fc.tuple(someStart, someMoves), { numRuns: 60, seed: 583 })
    walks.forEach(([start, moves], index) => {
      let scene = begin(start, index)
      for (const one of moves) {
        scene = move(scene, one)
        if (!scene.ticket) continue
        const ticket = ticketOf(scene)
        const desks = desksOf(ticket, w.WORLD.staff)
        const dues = deskDueOf(ticket, desks) ?? {}
        const wanted = desks.filter((key) => !key.startsWith('hotline|') && !key.endsWith('|supervised'))
        expect(Object.keys(dues).sort()).toEqual(wanted.sort())
        for (const { id, unitId, role, status, resolveBy } of ticket.assignments) {
          if (role === 'copy' || status === 'replied' || !OPEN_ASSIGNMENT.includes(status)) continue
          const own = id === ticket.leadAssignmentId ? dueByOf(ticket) : (ticket.suspension?.until ?? resolveBy)
          expect(dues[deskKey(unitId, 'open')]).toEqual(own)
        }
      }
    })
  })
})
