import type { CaseWorld, CommandCases } from './commandCases'
import { aDispatch, aReply, COUNTY, OTHER_UNIT, TOWN, UNIT } from './desk'

const CLERK = `clerk@${UNIT}`
const HANDLER = `handler@${UNIT}`
const LEAD = `lead@${UNIT}`
const DISPATCHER = 'dispatcher1'
const opinion = { opinion: '情况属实' }
const wrongOpinion = { wrong: { opinion: '' }, fields: ['opinion'] }
const invitation = { topic: '工地噪音由谁牵头', unitIds: [UNIT, OTHER_UNIT] }
const task = { unitId: TOWN, task: '上门劝导', standard: '报送劝导情况', limit: { kind: 'profile' } }
const suspension = { reason: '冬季停工', measures: '先行围挡', promisedDate: '2026-12-31', isCallerTold: true }
const termination = { ground: 'uncooperative', reason: '三次上门均拒绝配合', isCallerTold: true }

/** 会商, 下派, 挂起, 终止. */
export function togetherCases({ desk, now }: CaseWorld): CommandCases {
  const consulting = async () => desk().act(DISPATCHER, await desk().register(), 'openConsultation', invitation)
  // The duty list lets towns do this matter.
  const atCounty = () => desk().handling({ matterCode: '050401' }, { leadUnitId: COUNTY })
  const delegated = async () => desk().act(`clerk@${COUNTY}`, await atCounty(), 'delegate', task)
  const townReplied = async () => {
    const ticket = await delegated()
    await desk().act(`clerk@${TOWN}`, ticket, 'acknowledge')
    await desk().act(`handler@${TOWN}`, ticket, 'reply', aReply(now()))
    return desk().act(`lead@${TOWN}`, ticket, 'reviewByUnit', { isPassed: true, ...opinion })
  }
  const endorsed = async (command: 'requestSuspension' | 'requestTermination', body: Record<string, unknown>) => {
    const ticket = await desk().act(HANDLER, await desk().handling(), command, body)
    return desk().act(LEAD, ticket, 'endorseRequest', opinion)
  }
  const askedToSuspend = () => endorsed('requestSuspension', suspension)
  const askedToEnd = () => endorsed('requestTermination', termination)

  return {
    openConsultation: {
      given: () => desk().register(),
      by: DISPATCHER,
      body: () => invitation,
      wrong: { topic: '', unitIds: [], answerBy: '明天' },
      fields: ['answerBy', 'topic', 'unitIds'],
      notHis: 'callback1',
      becomes: 'consulting',
    },
    giveOpinion: {
      given: consulting,
      by: CLERK,
      body: () => ({ stance: 'lead', ...opinion }),
      wrong: { stance: 'maybe', opinion: '' },
      fields: ['opinion', 'stance'],
      notHis: DISPATCHER,
      becomes: 'consulting',
    },
    recordSiteVisit: {
      given: consulting,
      by: HANDLER,
      body: () => ({
        visitedAt: now().toISOString(),
        place: '渤海十八路黄河五路',
        unitIds: [UNIT],
        people: '住建局李强',
        findings: '现场正在浇筑混凝土',
      }),
      wrong: { visitedAt: '', place: '', unitIds: [], people: '', findings: '' },
      fields: ['findings', 'people', 'place', 'unitIds', 'visitedAt'],
      notHis: 'callback1',
      becomes: 'consulting',
    },
    concludeConsultation: {
      given: consulting,
      by: DISPATCHER,
      body: () => aDispatch({ basis: '会商纪要第 12 号' }),
      wrong: aDispatch({ task: '' }),
      fields: ['basis', 'task'],
      notHis: 'supervisor1',
      becomes: 'dispatched',
    },
    cancelConsultation: {
      given: consulting,
      by: DISPATCHER,
      body: () => ({ reason: '职责已明确' }),
      wrong: { reason: '' },
      fields: ['reason'],
      notHis: 'supervisor1',
      becomes: 'accepted',
    },

    delegate: {
      given: atCounty,
      by: `clerk@${COUNTY}`,
      body: () => task,
      wrong: { unitId: '', task: '', standard: '', limit: { kind: 'days', n: 1 } },
      fields: ['limit.kind', 'standard', 'task', 'unitId'],
      notHis: `handler@${COUNTY}`,
      becomes: 'handling',
    },
    recallDelegation: {
      given: delegated,
      by: `clerk@${COUNTY}`,
      body: () => ({ reason: '改由本单位直接办理' }),
      wrong: { reason: '' },
      fields: ['reason'],
      notHis: `handler@${COUNTY}`,
      becomes: 'handling',
    },
    sendBack: {
      given: townReplied,
      by: `handler@${COUNTY}`,
      body: () => ({ opinion: '请补充现场情况' }),
      ...wrongOpinion,
      notHis: `lead@${COUNTY}`,
      becomes: 'handling',
    },

    requestSuspension: {
      given: () => desk().handling(),
      by: HANDLER,
      body: () => suspension,
      wrong: { reason: '', measures: '', promisedDate: '年底' },
      fields: ['isCallerTold', 'measures', 'promisedDate', 'reason'],
      notHis: CLERK,
      becomes: 'handling',
    },
    approveSuspension: {
      given: askedToSuspend,
      by: 'director',
      body: () => opinion,
      ...wrongOpinion,
      notHis: DISPATCHER,
      becomes: 'handling',
    },
    rejectSuspension: {
      given: askedToSuspend,
      by: 'director',
      body: () => opinion,
      ...wrongOpinion,
      notHis: DISPATCHER,
      becomes: 'handling',
    },
    resume: {
      given: async () => desk().act('director', await askedToSuspend(), 'approveSuspension', opinion),
      by: HANDLER,
      body: () => ({ reason: '条件已具备' }),
      wrong: { reason: 5, until: '明天' },
      fields: ['reason', 'until'],
      notHis: CLERK,
      becomes: 'handling',
    },
    requestTermination: {
      given: () => desk().handling(),
      by: HANDLER,
      body: () => termination,
      wrong: { ground: 'lazy', code: 'WHY', reason: '' },
      fields: ['code', 'ground', 'isCallerTold', 'reason'],
      notHis: CLERK,
      becomes: 'handling',
    },
    approveTermination: {
      given: askedToEnd,
      by: 'director',
      body: () => opinion,
      ...wrongOpinion,
      notHis: DISPATCHER,
      becomes: 'terminated',
    },
    rejectTermination: {
      given: askedToEnd,
      by: 'director',
      body: () => opinion,
      ...wrongOpinion,
      notHis: DISPATCHER,
      becomes: 'handling',
    },
  }
}
