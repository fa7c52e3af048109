import { hasRole, type Actor } from '@hotline/shared/actor'
import { AppError } from '@hotline/shared/error'
import { AlikeInput, AnsweredView, type AlikeAnswer, type KinAnswer } from '@hotline/shared/ticket/alikeView'
import type { Ticket } from '@hotline/shared/ticket/ticket'
import { HOTLINE_ROLES } from '@hotline/shared/user/roles'
import { Router, type Request } from 'express'
import type { z } from 'zod'
import type { Clock } from '../../platform/clock'
import type { Feature } from '../../platform/feature'
import { actorOf } from '../../platform/http/authenticate'
import { parse } from '../../platform/http/validate'
import type { Db } from '../../platform/mongo'
import { answerAlike, answeredBy, type Asked } from './alikeAnswer'
import { createAlikeQueries } from './alikeQueries'
import type { SealedContact } from './sealedContact'
import type { Masters } from './ticketRules'
import type { TicketSearch } from './ticketSearch'
import type { TicketService } from './ticketService'
import type { TicketPresenter } from './ticketView'

export interface AlikeDeps {
  db: Db
  search: Pick<TicketSearch, 'alike'>
  service: Pick<TicketService, 'load'>
  masters: Masters
  contact: Pick<SealedContact, 'nameOf'>
  presenter: Pick<TicketPresenter, 'row'>
  clock: Clock
}

/** More at once nobody reads before he dispatches them. */
const MOST_KIN = 50

/** 相似工单的办理情况: what this is, who does it, what was answered; from the catalogue and this city's own tickets. */
export function createAlikeFeature({ db, search, service, masters, contact, presenter, clock }: AlikeDeps): Feature {
  const queries = createAlikeQueries(db, search)
  const { matters, regions } = masters

  async function askedBy(actor: Actor, input: z.output<typeof AlikeInput>): Promise<Asked> {
    if (!input.ticketId) return input
    const { t } = await service.load(input.ticketId, actor)
    const { title, detail, matterCode, regionCode, address, location, accusedUnitIds, confidentiality } = t
    const { id } = t
    return { id, title, detail, matterCode, regionCode, address, location, accusedUnitIds, confidentiality }
  }

  async function answer(actor: Actor, input: z.output<typeof AlikeInput>): Promise<AlikeAnswer> {
    const given = await askedBy(actor, input)
    const asked = {
      ...given,
      matterCode: given.matterCode && matters.has(given.matterCode) ? given.matterCode : undefined,
      regionCode: given.regionCode && regions.has(given.regionCode) ? given.regionCode : undefined,
    }
    const now = clock.now()
    const place = (asked.regionCode && regions.jurisdictionOf(asked.regionCode)) ?? regions.cityCode
    const [alike, ofMatter] = await Promise.all([
      queries.byWords([asked.title, asked.detail].join('\n'), now),
      asked.matterCode ? queries.ofMatter(asked.matterCode, place, now) : [],
    ])
    return answerAlike({ actor, asked, alike, ofMatter, now, masters, contact })
  }

  /** Each by what the catalogue says of it: a place on the other side of a border is no kin. */
  async function kinOf(actor: Actor, id: string): Promise<KinAnswer> {
    const { t } = await service.load(id, actor)
    const firstOf = ({ matterCode, regionCode, accusedUnitIds, confidentiality, location }: Ticket) => {
      const answer = matterCode && masters.ask({ matterCode, regionCode, accusedUnitIds, confidentiality, location })
      return answer && !answer.question ? answer.items[0]?.unitId : undefined
    }
    const unitId = firstOf(t)
    if (!t.matterCode || !unitId) return { items: [] }
    const pool = await queries.inPool(t.matterCode, MOST_KIN)
    const items = pool
      .filter((row) => row._id === t.id || firstOf(row.t) === unitId)
      .map((row) => presenter.row(row, actor))
      .filter(({ can }) => can.includes('dispatch'))
    return { unitId, unitName: masters.units.name(unitId), items }
  }

  const router = Router()
  router.get('/:id/kin', async (req, res) => {
    const actor = actorOf(req)
    if (!hasRole(actor, 'dispatcher', 'director')) throw new AppError('forbidden', '只有派单员可以查看待派的同类工单')
    res.json(await kinOf(actor, req.params.id))
  })
  function ofHotline(req: Request): Actor {
    const actor = actorOf(req)
    if (hasRole(actor, ...HOTLINE_ROLES, 'agent')) return actor
    throw new AppError('forbidden', '只有热线可以查看相似工单的办理情况')
  }
  router.post('/alike', async (req, res) => {
    res.json(await answer(ofHotline(req), parse(AlikeInput, req.body)))
  })
  router.get('/:id/answered', async (req, res) => {
    const actor = ofHotline(req)
    const doc = await queries.find(req.params.id)
    const answered = doc && answeredBy(doc, actor, contact)
    if (!answered) throw new AppError('notFound', '没有可以引用的答复，或您无权查看')
    res.json({ answer: answered } satisfies AnsweredView)
  })

  return {
    path: '/api/tickets',
    router,
    api: [
      {
        method: 'post',
        path: '/api/tickets/alike',
        tag: '工单',
        summary:
          '相似工单的办理情况：建议事项、建议承办单位（各有把握程度和理由）、同类件的公开答复、各单位半年办理记录；只读',
        description: '只依据派单目录和本市以往工单；保密件不参与。登记时随时可问，或以 ticketId 问一张已有工单。',
        body: AlikeInput,
      },
      {
        method: 'get',
        path: '/api/tickets/{id}/answered',
        tag: '工单',
        summary: '一件已办结的相似工单当时的公开答复全文，供采用；隐去诉求人，保密件没有',
        response: AnsweredView,
      },
      {
        method: 'get',
        path: '/api/tickets/{id}/kin',
        tag: '工单',
        summary: '待派单中与本件同事项、目录建议同一承办单位的工单（最多 50 件），供批量派单',
      },
    ],
  }
}
