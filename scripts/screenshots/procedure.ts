import { randomUUID } from 'node:crypto'
import type { TicketView } from '@hotline/shared/ticket/view'
import type { People } from '../drill/people'
import { PROCEDURE_STORIES, type ProcedureStory } from './procedureStories'

const COUNTY = '371602'
const TOWNS = ['371602005', '371602003'] as const
const HOUR = 3_600_000

/** Numbers of tickets, each with something of the whole procedure on it. */
export type Scenes = Record<
  | 'consulting'
  | 'concluded'
  | 'delegated'
  | 'suspensionAsked'
  | 'suspended'
  | 'terminationAsked'
  | 'supervised'
  | 'merged'
  | 'main'
  | 'duplicate'
  | 'needInfo'
  | 'appealed',
  string
>

/** Consultation, delegation, suspension, termination, supervision, merging, ratings: one ticket of each. */
export async function stageProcedure(people: People): Promise<Scenes> {
  const post = async <T = TicketView>(username: string, path: string, body: unknown) =>
    (await people.post<T>(username, path, body, randomUUID())).body
  const run = (username: string, ticket: TicketView, command: string, body: object = {}) =>
    post(username, `/api/tickets/${ticket.id}/${command}`, { version: ticket.version, ...body })
  const soon = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString()

  const matterOf = async ({ matterCode, title, detail }: ProcedureStory) => {
    if (matterCode) return matterCode
    const found = await post<{ items: { code: string }[] }>('agent1', '/api/matters/suggest', { title, detail })
    return found.items[0]?.code ?? '169901'
  }
  const register = async (story: ProcedureStory, number = '13954300021') =>
    post('agent1', '/api/tickets', {
      channel: 'phone',
      caller: { number, name: story.caller },
      kind: story.kind,
      matterCode: await matterOf(story),
      regionCode: story.region,
      address: story.address,
      title: story.title,
      detail: story.detail,
    })
  const dispatch = (ticket: TicketView, leadUnitId: string, coUnitIds: string[] = []) =>
    run('dispatcher1', ticket, 'dispatch', {
      leadUnitId,
      coUnitIds,
      task: '到现场核实诉求人反映的情况，依法处理并答复诉求人。',
      standard: '查清事实，依据充分，正面回应全部诉求，结果告知诉求人。',
      limit: { kind: 'profile' },
    })
  const atWork = async (story: ProcedureStory, unitId: string) =>
    run(`clerk@${unitId}`, await dispatch(await register(story), unitId), 'acknowledge')
  const replied = async (ticket: TicketView, unitId: string) => {
    const answer = await run(`handler@${unitId}`, ticket, 'reply', {
      isFactual: 'yes',
      solved: 'yes',
      handling: '接件后到现场核查，情况属实，已督促责任单位整改到位并复查。',
      publicReply: '您好，您反映的问题经核查属实，责任单位已整改完毕，我单位已现场复查。感谢您的监督。',
      contacted: 'yes',
      contactMethod: 'phone',
      contactNumber: '13954300021',
      contactedAt: new Date().toISOString(),
    })
    const signed = await run(`lead@${unitId}`, answer, 'reviewByUnit', { isPassed: true, opinion: '情况属实，同意。' })
    return run('dispatcher1', signed, 'reviewByHotline', { isPassed: true, opinion: '答复规范，同意。' })
  }
  const story = (index: number): ProcedureStory => {
    const found = PROCEDURE_STORIES[index]
    if (!found) throw new Error(`no story ${index}`)
    return found
  }

  const consult = async (index: number) => {
    const opened = await run('dispatcher1', await register(story(index)), 'openConsultation', {
      topic: '涵洞积水的排水泵站、雨水管网和铁路用地交叉，确定由哪个单位主办、哪些单位协办。',
      unitIds: ['371600-CG', '371600-SW', COUNTY],
      answerBy: soon(20),
    })
    const first = await run('clerk@371600-CG', opened, 'giveOpinion', {
      stance: 'co',
      opinion: '市政雨水管网由我局管养，可对涵洞上游雨水口清淤；泵站产权不属我局，请属地牵头。',
      basis: '《滨州市市政设施管理办法》第九条',
    })
    const second = await run(`clerk@${COUNTY}`, first, 'giveOpinion', {
      stance: 'lead',
      opinion: '涵洞位于我区，可由区政府牵头，泵站供电改造请城管、水务部门协助。',
    })
    return run('dispatcher1', second, 'recordSiteVisit', {
      visitedAt: new Date(Date.now() - HOUR).toISOString(),
      place: '黄河八路与渤海二十一路铁路涵洞',
      unitIds: ['371600-CG', COUNTY],
      people: '市城管局 刘志强、滨城区 孙海涛',
      findings: '涵洞最低点积水深约四十厘米，泵站控制柜断电，上游两处雨水口被淤泥堵死，铁路用地界桩在涵洞北侧三米。',
    })
  }
  const consulting = await consult(0)
  const concluded = await run('dispatcher1', await consult(1), 'concludeConsultation', {
    leadUnitId: COUNTY,
    coUnitIds: ['371600-CG'],
    task: '牵头恢复泵站供电，组织清淤，雨季前消除积水。',
    standard: '连续两次降雨后涵洞无积水，结果告知诉求人。',
    limit: { kind: 'profile' },
    basis: '现场踏勘确认泵站位于滨城区管养范围，三方会商一致。',
  })

  let delegated = await atWork(story(2), COUNTY)
  for (const unitId of TOWNS)
    delegated = await run(`clerk@${COUNTY}`, delegated, 'delegate', {
      unitId,
      task: '组织保洁力量清运积存垃圾，恢复每日清运，设专人巡查。',
      standard: '两日内清完积存，此后日产日清，报送前后对比照片。',
      limit: { kind: 'profile' },
    })
  delegated = await run(`clerk@${TOWNS[0]}`, delegated, 'acknowledge').catch(() => delegated)
  delegated = await run(`clerk@${TOWNS[1]}`, delegated, 'requestReturn', {
    reason: 'wrongPlace',
    basis: '反映楼栋在渤海七路以东，属彭李街道辖区，不在我街道范围。',
    suggestedUnitId: TOWNS[0],
  }).catch(() => delegated)

  const suspension = {
    reason: '供热管网改造须停热后开挖，采暖季内无法施工，强行施工将造成整片小区停暖。',
    measures: '采暖季内每周三次现场测温、逐户调网，停热后三日内开工，半个月内完成改造并复测。',
    promisedDate: new Date(Date.now() + 40 * 24 * HOUR).toISOString().slice(0, 10),
    isCallerTold: true,
  }
  const asked = async (index: number, command: string, body: object) => {
    const ticket = await run(`handler@${COUNTY}`, await atWork(story(index), COUNTY), command, body)
    return run(`lead@${COUNTY}`, ticket, 'endorseRequest', { opinion: '情况属实，同意申请。' })
  }
  const suspensionAsked = await asked(3, 'requestSuspension', suspension)
  const suspended = await run('director', await asked(4, 'requestSuspension', suspension), 'approveSuspension', {
    opinion: '采暖季施工障碍属实，措施可行，同意挂起，请督办员跟踪。',
  })
  const terminationAsked = await asked(5, 'requestTermination', {
    ground: 'notAcceptable',
    code: 'LEGAL',
    reason: '双方劳动合同纠纷已由区劳动人事争议仲裁委员会立案受理，属法定渠道，已向诉求人出示受理通知书并解释。',
    isCallerTold: true,
  })

  await asked(10, 'requestExtension', {
    reason: '塌陷处下方雨水管道破损，须先由排水单位换管、回填并养护，再恢复铺装，已约定本周四进场。',
    workdays: 3,
    isCallerTold: true,
  })

  let supervised = await atWork(story(6), COUNTY)
  supervised = await run('supervisor1', supervised, 'supervise', {
    form: 'onSite',
    trigger: 'repeated',
    requirement: '该路段本月被反映六次，请分管负责人到现场，三日内拿出整治方案并报送照片。',
    deadline: soon(60),
  })
  supervised = await run(`handler@${COUNTY}`, supervised, 'answerSupervision', {
    supervisionId: supervised.supervisions?.at(-1)?.id,
    answer: '已于今日上午到现场，与交警、街道确定早晚高峰定岗值守，临时疏导点本周五前划线完成。',
  })
  supervised = await run('cityleader', supervised, 'instruct', {
    instruction: '请举一反三，全面排查学校周边占道经营，保障学生出行安全，结果报我。',
    deadline: soon(100),
  })

  const needInfo = await run('dispatcher1', await register(story(7)), 'requestInfo', {
    missing: '请补充具体楼号、单元和停电开始时间，是否整栋停电。',
  })

  let main = await atWork(story(8), COUNTY)
  const merged = await run('dispatcher1', await register({ ...story(8), caller: '周红梅' }, '13954300022'), 'merge', {
    mainId: main.id,
    reason: '同一小区同一问题',
  })
  await run('dispatcher1', await register({ ...story(8), caller: '马国强' }, '13954300023'), 'merge', {
    mainId: main.id,
  })
  const duplicate = await register({ ...story(8), caller: '宁秀芳' }, '13954300025')
  main = await people.get<TicketView>('dispatcher1', `/api/tickets/${main.id}`)
  main = await replied(main, COUNTY)

  let appealed = await replied(await atWork(story(9), COUNTY), COUNTY)
  appealed = await run('callback1', appealed, 'recordCallback', {
    method: 'phone',
    solved: 'no',
    contactedByUnit: true,
    satisfaction: { result: 1, attitude: 3, agent: 5 },
    reasons: ['notSolved', 'answerRejected'],
    remark: '路灯只亮了一晚上又灭了，说修好了不属实。',
    judged: 'reasonable',
  })
  appealed = await run(`lead@${COUNTY}`, appealed, 'appealCallback', {
    reason: '诉求人所指路灯位于小区内部道路，由物业管理，不在本单位修复范围；市政道路路灯已全部复亮，附复亮照片。',
  })

  const counter = (score: number, comment: string, window: string, item: string) =>
    post<{ id: string }>(`clerk@${COUNTY}`, '/api/ratings', {
      channel: 'counter',
      unitId: COUNTY,
      score,
      comment,
      window,
      item,
      isNamed: score === 2,
      ...(score === 2 ? { contact: { name: '赵立新', phone: '13954300024' } } : {}),
    })
  for (let n = 0; n < 12; n += 1) await counter(5 - (n % 3), '', `综合受理 ${(n % 4) + 1} 号窗口`, '灵活就业参保登记')
  await counter(2, '材料跑了三趟都说不全，第一次来的时候没有一次性告知。', '综合受理 3 号窗口', '个体工商户变更登记')
  await counter(1, '排了一个上午的队，到我的时候说下班了。', '不动产登记 1 号窗口', '二手房过户')
  return {
    consulting: consulting.no,
    concluded: concluded.no,
    delegated: delegated.no,
    suspensionAsked: suspensionAsked.no,
    suspended: suspended.no,
    terminationAsked: terminationAsked.no,
    supervised: supervised.no,
    merged: merged.no,
    main: main.no,
    duplicate: duplicate.no,
    needInfo: needInfo.no,
    appealed: appealed.no,
  }
}
