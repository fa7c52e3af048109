import { randomUUID } from 'node:crypto'
import type { TicketView } from '@hotline/shared/ticket/view'
import type { People } from '../drill/people'
import { STORIES, type Story } from './stories'

interface Candidate {
  unitId: string
  task: string
  standard: string
}

/** Matters at each step of the road; what the pictures show. */
export async function stage(people: People): Promise<{ ticket: TicketView; queryCode: string; clerk: string }> {
  const post = async (username: string, path: string, body: unknown) =>
    (await people.post<TicketView>(username, path, body, randomUUID())).body
  const run = (username: string, ticket: TicketView, command: string, body: object = {}) =>
    post(username, `/api/tickets/${ticket.id}/${command}`, { version: ticket.version, ...body })

  const register = async (story: Story, index: number) => {
    const { body } = await people.post<{ items: { code: string }[] }>('agent1', '/api/matters/suggest', {
      title: story.title,
      detail: story.detail,
    })
    return post('agent1', '/api/tickets', {
      channel: 'phone',
      caller: { number: `1395430000${index % 4}`, name: ['王建国', '李秀英', '张伟', '刘洋'][index % 4] },
      kind: story.kind,
      matterCode: body.items[0]?.code ?? '169901',
      regionCode: story.region,
      ...(story.address ? { address: story.address } : {}),
      title: story.title,
      detail: story.detail,
      urgency: story.urgency ?? 'general',
      confidentiality: story.confidentiality ?? 0,
    })
  }
  const dispatch = async (ticket: TicketView) => {
    const query = `matterCode=${ticket.matterCode}&regionCode=${ticket.regionCode}`
    const { items } = await people.get<{ items: Candidate[] }>('dispatcher1', `/api/catalogue/candidates?${query}`)
    const [first] = items
    if (!first) throw new Error(`no candidate for ${ticket.title}`)
    const { unitId, task, standard } = first
    const limit = { kind: 'profile' }
    const dispatched = await run('dispatcher1', ticket, 'dispatch', { leadUnitId: unitId, task, standard, limit })
    return { ticket: dispatched, unitId }
  }
  const reply = (story: Story, isExempt: boolean) => ({
    isFactual: 'yes',
    solved: 'yes',
    handling: '接件后立即安排人员到现场核查，查明情况并督促整改，已与诉求人沟通。',
    publicReply: story.reply,
    ...(isExempt
      ? { contacted: 'exempt' }
      : {
          contacted: 'yes',
          contactMethod: 'phone',
          contactNumber: '13954300000',
          contactedAt: new Date().toISOString(),
        }),
  })

  let clerk = ''
  let shown: TicketView | undefined
  let queryCode = ''
  const order = [...STORIES, ...STORIES]
  for (const [index, story] of order.entries()) {
    let ticket = await register(story, index)
    const code = ticket.queryCode ?? ''
    const step = index % STORIES.length
    const isSecondRound = index >= STORIES.length
    if (step === 2) {
      await run('agent1', ticket, 'answer', { answer: story.reply })
      continue
    }
    if (isSecondRound && step >= 5) continue
    const { ticket: dispatched, unitId } = await dispatch(ticket)
    ticket = dispatched
    if (step === 0 && isSecondRound) {
      ticket = await run(`clerk@${unitId}`, ticket, 'requestReturn', {
        reason: 'notOurDuty',
        basis: '依据本局三定规定，建筑施工噪声由生态环境部门负责监督管理。',
        suggestedUnitId: '371600-HB',
      })
      continue
    }
    if (step === 1 && isSecondRound) continue
    ticket = await run(`clerk@${unitId}`, ticket, 'acknowledge')
    if (step === 0) {
      clerk = `clerk@${unitId}`
      ticket = await run(`handler@${unitId}`, ticket, 'recordContact', {
        contactedAt: new Date().toISOString(),
        method: 'phone',
        isReached: true,
        result: '已电话联系诉求人，约定今晚一同到现场测量噪声。',
      })
      ticket = await run('supervisor1', ticket, 'urge', { note: '该点位近期多次反映，请加快办理。' })
      shown = ticket
      queryCode = code
    }
    if (step <= 1 || (isSecondRound && step < 5)) continue
    ticket = await run(`handler@${unitId}`, ticket, 'reply', reply(story, (story.confidentiality ?? 0) > 0))
    if (step === 3) continue
    ticket = await run(`lead@${unitId}`, ticket, 'reviewByUnit', { isPassed: true, opinion: '同意。' }).catch(() =>
      run(`head@${unitId}`, ticket, 'reviewByUnit', { isPassed: true, opinion: '同意。' }),
    )
    if (step === 4) continue
    ticket = await run('dispatcher1', ticket, 'reviewByHotline', { isPassed: true, opinion: '答复规范，同意。' })
    if (step === 5 || step === 6) continue
    await run('callback1', ticket, 'recordCallback', {
      method: 'phone',
      solved: 'yes',
      contactedByUnit: true,
      satisfaction: { result: step === 9 ? 3 : 5, attitude: 5, agent: 5 },
    })
  }
  if (!shown) throw new Error('nothing to show')
  return { ticket: shown, queryCode, clerk }
}
