import { describe, expect, it } from 'vitest'
import {
  bodyOf,
  emptyAnswers,
  firstOpen,
  questionsFor,
  sameForAll,
  withAnswer,
  type CallbackAnswers,
} from './callbackQuestions'

const satisfied: CallbackAnswers = {
  ...emptyAnswers(),
  contactedByUnit: true,
  solved: 'yes',
  result: 5,
  attitude: 5,
  agent: 'declined',
}

describe('回访提问', () => {
  it('逐题提问，答完即可提交', () => {
    expect(firstOpen(emptyAnswers())).toBe('contactedByUnit')
    expect(firstOpen({ ...satisfied, result: undefined })).toBe('result')
    expect(firstOpen(satisfied)).toBeUndefined()
  })

  it('未解决或对结果不满意时，还要问原因和判定是否合理', () => {
    expect(questionsFor(satisfied).map(({ id }) => id)).not.toContain('judged')
    expect(firstOpen({ ...satisfied, solved: 'no' })).toBe('reasons')
    expect(firstOpen({ ...satisfied, result: 2, reasons: ['late'] })).toBe('judged')
    expect(firstOpen({ ...satisfied, attitude: 1 })).toBeUndefined()
  })

  it('三项一并问、一个答复的，一次记三项；不满意的逐项问', () => {
    const early: CallbackAnswers = { ...satisfied, attitude: undefined, agent: undefined }
    expect(sameForAll(early)).toMatchObject({ result: 5, attitude: 5, agent: 5 })
    expect(sameForAll({ ...early, result: 'declined' })).toMatchObject({ attitude: 'declined', agent: 'declined' })
    expect(sameForAll({ ...early, result: 2 })).toBeUndefined()
    expect(sameForAll({ ...early, solved: 'no' })).toBeUndefined()
    expect(sameForAll({ ...early, attitude: 4 })).toBeUndefined()
    expect(sameForAll({ ...early, result: undefined })).toBeUndefined()
  })

  it('原因可多选，再按一次取消', () => {
    const once = withAnswer(satisfied, 'reasons', 'late')
    expect(withAnswer(once, 'reasons', 'attitude').reasons).toEqual(['late', 'attitude'])
    expect(withAnswer(once, 'reasons', 'late').reasons).toEqual([])
    expect(withAnswer(once, 'reasons', 'nonsense')).toEqual(once)
  })

  it('没问完不能提交；改成满意后，原因和判定不随单提交', () => {
    expect(bodyOf(emptyAnswers())).toBeUndefined()
    const changed: CallbackAnswers = { ...satisfied, reasons: ['late'], judged: 'reasonable', remark: ' 谢谢 ' }
    expect(bodyOf(changed)).toEqual({
      method: 'phone',
      contactedByUnit: true,
      solved: 'yes',
      satisfaction: { result: 5, attitude: 5, agent: 'declined' },
      remark: '谢谢',
    })
    expect(bodyOf({ ...changed, solved: 'no' })).toMatchObject({ reasons: ['late'], judged: 'reasonable' })
  })
})
