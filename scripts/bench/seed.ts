import { randomBytes } from 'node:crypto'
import type { Actor } from '@hotline/shared/actor'
import { createMatters } from '@hotline/shared/catalogue/createMatters'
import { MATTERS } from '@hotline/shared/catalogue/matterData'
import { createRegions } from '@hotline/shared/region/createRegions'
import { REGION_DATA } from '@hotline/shared/region/regionData'
import { decide } from '@hotline/shared/ticket/decide/decide'
import { evolve } from '@hotline/shared/ticket/evolve'
import type { TicketEvent } from '@hotline/shared/ticket/events'
import type { Ticket } from '@hotline/shared/ticket/ticket'
import { createUnitTree } from '@hotline/shared/unit/createUnitTree'
import { buildDemoUnits } from '@hotline/shared/unit/demoUnits'
import { bigramsOf, searchableText } from '@hotline/server/features/ticket/bigrams'
import { documentOf } from '@hotline/server/features/ticket/ticketDocument'
import type { CatalogueMasters } from '@hotline/server/features/ticket/ticketCatalogue'
import { createTicketRules } from '@hotline/server/features/ticket/ticketRules'
import type { Db } from 'mongodb'

const PLACES = ['渤海十八路', '黄河五路', '长江一路', '梧桐小区', '彩虹湖公园', '中海花园', '新立河西侧', '北镇街']
const THINGS = [
  '夜间施工噪音扰民',
  '路灯不亮',
  '自来水停水',
  '井盖破损',
  '供暖温度不达标',
  '占道经营',
  '垃圾清运不及时',
  '物业收费不公示',
]

/** A ticket's text of ordinary length (about 200 characters), different each time. */
export function textOf(index: number): { title: string; detail: string; address: string } {
  const place = PLACES[index % PLACES.length] ?? ''
  const thing = THINGS[Math.floor(index / 8) % THINGS.length] ?? ''
  const title = `${place}${thing}`
  const detail = `市民来电反映：${place}附近${thing}，已持续${(index % 27) + 2}天，影响周边约${(index % 90) + 10}户居民正常生活。`
  return {
    title,
    address: `${place}与${PLACES[(index + 3) % PLACES.length]}交叉口东${(index % 300) + 20}米`,
    detail: `${detail}市民称曾向物业和社区反映未果，现要求相关部门尽快到现场核实处理，并将处理结果电话告知本人。${detail}`,
  }
}

/** The bench dispatches to one bureau whatever the catalogue says. */
const CATALOGUE: CatalogueMasters = { ask: () => ({ catalogueVersion: 1, items: [] }), dutyAllows: () => true }

/** Tickets that are there already when the measuring begins, made by the domain's own rules, dispatched to one bureau. */
export async function seed(db: Db, count: number, unitId: string, hasTexts = true): Promise<string[]> {
  const regions = createRegions(REGION_DATA, [])
  const units = createUnitTree(buildDemoUnits(regions))
  const matters = createMatters(MATTERS)
  const leaves = matters.leaves()
  const towns = REGION_DATA.towns.map(([code]) => code)
  const staff = { hasOther: () => true, handlerName: () => undefined }
  const clock = { now: () => new Date() }
  const rules = createTicketRules({ units, regions, matters, ...CATALOGUE }, staff, clock)
  const agent: Actor = { userId: 'bench-agent', name: '话务员', unitId: '371600-12345-HW', roles: ['agent'] }
  const dispatcher: Actor = {
    userId: 'bench-dispatcher',
    name: '派单员',
    unitId: '371600-12345-PD',
    roles: ['dispatcher'],
  }
  const ids: string[] = []

  for (let from = 0; from < count; from += 500) {
    const documents = Array.from({ length: Math.min(500, count - from) }, (_, offset) => {
      const index = from + offset
      const id = `${Date.now().toString(16).padStart(12, '0')}${index.toString(16).padStart(12, '0')}`
      const no = `371600250101${String(index + 1).padStart(6, '0')}`
      const registered = decide(
        undefined,
        {
          type: 'register',
          channel: 'phone',
          caller: { number: '13800000000', gender: 'unknown', type: 'person', isAnonymous: false },
          kind: 'complaint',
          matterCode: leaves[index % leaves.length]?.code,
          regionCode: towns[index % towns.length] ?? '371600',
          urgency: 'general',
          confidentiality: 0,
          accusedUnitIds: [],
          needsReply: true,
          needsCallback: true,
          isPublicAllowed: false,
          attachmentIds: [],
          ...textOf(index),
        },
        rules.context(agent, { id, no }),
      )
      const ticket = registered.reduce<Ticket | undefined>(evolve, undefined) as Ticket
      const dispatched = decide(
        ticket,
        {
          type: 'dispatch',
          version: ticket.version,
          leadUnitId: unitId,
          coUnitIds: [],
          copyUnitIds: [],
          task: '请调查核实并依法处理',
          standard: '查清事实，依法处理，答复诉求人',
          limit: { kind: 'profile' },
        },
        rules.context(dispatcher),
      )
      const events: TicketEvent[] = [...registered, ...dispatched]
      const after = dispatched.reduce<Ticket | undefined>(evolve, ticket) as Ticket
      ids.push(id)
      const key = randomBytes(16).toString('hex')
      const sealed = { queryCode: 'bench' }
      const document = documentOf(
        after,
        events,
        { sealed, callerHashes: [`bench-${index % 5000}`], keys: [{ k: key, h: key }] },
        rules.paths,
      )
      // Told and searchable already: no job of the server is to be busy with them while it is measured.
      return { ...document, hasNews: undefined, isTextStale: undefined, announced: after.version }
    })
    await db.collection<{ _id: string }>('tickets').insertMany(documents, { ordered: false })
    if (!hasTexts) continue
    await db.collection<{ _id: string }>('ticketTexts').insertMany(
      documents.map(({ _id, t }) => {
        const text = searchableText(`${t.title}\n${t.address}\n${t.detail}`)
        return { _id, g: bigramsOf(text), text }
      }),
      { ordered: false },
    )
  }
  return ids
}
