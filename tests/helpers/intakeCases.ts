import type { CaseWorld, CommandCases } from './commandCases'
import { MATTER, UNIT } from './desk'

const AGENT = 'agent1'
const DISPATCHER = 'dispatcher1'
const wrongReason = { wrong: { reason: '' }, fields: ['reason'] }

/** 退补, 补充, 并单, 撤回, 作废, 归档, 维持承办单位. */
export function intakeCases({ desk }: CaseWorld): CommandCases {
  const asked = async () => desk().act(DISPATCHER, await desk().register(), 'requestInfo', { missing: '请问清门牌号' })
  const main = async () => ({ mainId: (await desk().register()).id })
  const merged = async () => desk().act(DISPATCHER, await desk().register(), 'merge', await main())
  /** The catalogue gives this matter to another bureau. */
  const corrected = async () =>
    desk().act(DISPATCHER, await desk().dispatched(), 'amend', {
      changes: { matterCode: '050401' },
      reason: '事项有误',
    })

  return {
    requestInfo: {
      given: () => desk().register(),
      by: DISPATCHER,
      body: () => ({ missing: '请问清门牌号' }),
      wrong: { missing: '' },
      fields: ['missing'],
      notHis: 'callback1',
      becomes: 'needInfo',
    },
    supplyInfo: {
      given: asked,
      by: AGENT,
      body: () => ({ facts: '门牌号是 12 号', matterCode: MATTER }),
      wrong: { facts: '', location: { lng: 0, lat: 0 } },
      fields: ['facts', 'location.lat', 'location.lng'],
      notHis: DISPATCHER,
      becomes: 'accepted',
    },
    supplement: {
      given: () => desk().dispatched(),
      by: AGENT,
      body: () => ({ text: '昨夜又施工到三点' }),
      wrong: { text: '' },
      fields: ['text'],
      notHis: DISPATCHER,
      becomes: 'dispatched',
    },
    merge: {
      given: () => desk().register(),
      by: DISPATCHER,
      body: main,
      wrong: { mainId: '' },
      fields: ['mainId'],
      notHis: AGENT,
      becomes: 'merged',
    },
    unmerge: {
      given: merged,
      by: DISPATCHER,
      body: () => ({ reason: '不是同一工地' }),
      ...wrongReason,
      notHis: AGENT,
      becomes: 'accepted',
    },
    void: {
      given: () => desk().register(),
      by: 'director',
      body: () => ({ reason: '登记错误' }),
      ...wrongReason,
      notHis: DISPATCHER,
      becomes: 'void',
    },
    withdraw: {
      given: () => desk().handling(),
      by: AGENT,
      body: () => ({ reason: '已自行解决' }),
      ...wrongReason,
      notHis: `clerk@${UNIT}`,
      becomes: 'withdrawn',
    },
    archive: {
      given: () => desk().closed(),
      by: 'director',
      body: () => ({}),
      wrong: { version: 'x', note: '' },
      fields: ['note', 'version'],
      notHis: DISPATCHER,
      becomes: 'archived',
    },
    keepUnit: {
      given: corrected,
      by: DISPATCHER,
      body: () => ({ opinion: '仍由原单位办理' }),
      wrong: { opinion: 1 },
      fields: ['opinion'],
      notHis: `clerk@${UNIT}`,
      becomes: 'dispatched',
    },
  }
}
