import { describe, expect, it } from 'vitest'
import {
  createDispatchDraft,
  isUntouched,
  takeCandidate,
  takeLead,
  toDispatch,
  type NamedCandidate,
} from './dispatchDraft'
import { returnsBefore } from './returnsBefore'
import { neighbourOf } from './useQueue'
import { workOf } from './workOf'

const aCandidate = (unitId: string, more: Partial<NamedCandidate> = {}): NamedCandidate => ({
  unitId,
  unitName: unitId,
  score: 0.9,
  reasons: [],
  ruleId: 'r1',
  catalogueVersion: 1,
  coUnitIds: [],
  copyUnitIds: [],
  basis: '',
  task: `${unitId}的任务`,
  standard: `${unitId}的标准`,
  ...more,
})

describe('四明确', () => {
  it('选候选单位带出任务和标准，换一个也跟着换', () => {
    const one = takeCandidate(createDispatchDraft(), aCandidate('住建'))
    expect(toDispatch(one)).toMatchObject({ leadUnitId: '住建', task: '住建的任务', standard: '住建的标准' })
    expect(takeCandidate(one, aCandidate('城管')).task).toBe('城管的任务')
  })

  it('派单员自己写的任务，换候选单位也不丢', () => {
    const own = { ...takeCandidate(createDispatchDraft(), aCandidate('住建')), task: '今晚到场制止' }
    expect(takeCandidate(own, aCandidate('城管'))).toMatchObject({ task: '今晚到场制止', standard: '城管的标准' })
  })

  it('同一单位不会既主办又协办', () => {
    const withCo = takeCandidate(createDispatchDraft(), aCandidate('住建', { coUnitIds: ['城管', '住建'] }))
    expect(withCo.coUnitIds).toEqual(['城管'])
    expect(takeLead(withCo, '城管').coUnitIds).toEqual([])
  })

  it('只有目录带出的内容不算写过', () => {
    const first = aCandidate('住建')
    const draft = takeCandidate(createDispatchDraft(), first)
    expect(isUntouched(draft, [first])).toBe(true)
    expect(isUntouched({ ...draft, note: '请急办' }, [first])).toBe(false)
  })
})

describe('队列', () => {
  const rows = [{ id: 'a' }, { id: 'b' }, { id: 'c' }]
  it('办完一件接着是下一件，最后一件办完回到上一件', () => {
    expect(neighbourOf(rows, 'b')).toBe('c')
    expect(neighbourOf(rows, 'c')).toBe('b')
    expect(neighbourOf([{ id: 'a' }], 'a')).toBeUndefined()
    expect(neighbourOf(rows, '已被他人取走')).toBe('a')
  })

  it('刚受理的接着派单；别人处理了的没有可做的', () => {
    expect(workOf({ can: ['accept'], assignments: [] }, 'intake')).toBe('accept')
    expect(workOf({ can: ['dispatch', 'amend'], assignments: [] }, 'intake')).toBe('dispatch')
    expect(workOf({ can: ['designate'], assignments: [] }, 'dispatch')).toBe('dispatch')
    expect(workOf({ can: ['rejectReturn'], assignments: [] }, 'returnReview')).toBe('return')
    expect(workOf({ can: ['urge'], assignments: [] }, 'dispatch')).toBeUndefined()
  })
})

describe('此前的退单', () => {
  const by = { userId: 'u', name: '李强', unitId: '住建' }
  const requested = (assignmentId: string) => ({
    type: 'ticket.returnRequested' as const,
    at: '2026-11-20T01:00:00.000Z',
    by,
    version: 1,
    assignmentId,
    reason: 'notOurDuty' as const,
    basis: '三定方案',
    suggestedUnitId: '城管',
    reviewBy: '2026-11-21T16:00:00.000Z',
  })
  it('只列已有结论的，正在审的不算', () => {
    const approved = {
      type: 'ticket.returnApproved' as const,
      at: '',
      by,
      version: 2,
      assignmentId: 'a1',
      opinion: '属实',
      isLead: true,
    }
    const found = returnsBefore([requested('a1'), approved, requested('a2')])
    expect(found).toMatchObject([{ unitId: '住建', outcome: '已同意', opinion: '属实' }])
  })
})
