import { describe, expect, it } from 'vitest'
import type { Actor } from '../actor'
import { fillTemplate, isOfTicket, OF_ALL, salutation, unknownPlaceholders, type TemplateFacts } from './fill'
import { mayEditTemplate, mayWriteTemplates, ownerOf } from './template'

const facts: TemplateFacts = {
  no: '371600261122000041',
  title: '渤海十八路夜间施工噪音',
  callerName: '张**',
  callerGender: 'female',
  unitName: '滨城区住建局',
  now: new Date('2026-11-22T23:30:00+08:00'),
}

describe('模板的占位符', () => {
  it('用手上这张工单的内容填好，不认识的原样留下', () => {
    expect(fillTemplate('{诉求人称谓}：您反映的“{标题}”（{编号}）已由{单位}办理。{今天} {电话}', facts)).toBe(
      '张女士：您反映的“渤海十八路夜间施工噪音”（371600261122000041）已由滨城区住建局办理。2026年11月22日 {电话}',
    )
    expect(unknownPlaceholders('{编号}{电话}{ 标题 }{电话}')).toEqual(['电话', ' 标题 '])
  })

  it('一段话给许多工单：单位和日期先填，编号、标题、称谓留给每一张', () => {
    const text = '请{单位}{今天}前联系{诉求人称谓}，核实“{标题}”。'
    const shared = fillTemplate(text, facts, OF_ALL)
    expect(shared).toBe('请滨城区住建局2026年11月22日前联系{诉求人称谓}，核实“{标题}”。')
    expect([isOfTicket(shared), isOfTicket(fillTemplate(shared, facts))]).toEqual([true, false])
    expect(fillTemplate(shared, facts)).toContain('联系张女士，核实“渤海十八路夜间施工噪音”')
  })

  it('称谓只用姓；不知道姓的称诉求人，不编造', () => {
    expect(salutation('张**', 'male')).toBe('张先生')
    // 欧阳 is masked so too.
    expect(salutation('欧**', 'male')).toBe('先生')
    expect(salutation('欧**', 'unknown')).toBe('诉求人')
    expect(salutation('王**', 'unknown')).toBe('王先生/女士')
    expect(salutation(undefined, 'unknown')).toBe('诉求人')
    expect(salutation('***', 'female')).toBe('女士')
  })
})

describe('模板谁能写', () => {
  const actor = (unitId: string, ...roles: Actor['roles']): Actor => ({ userId: 'u1', name: '李强', unitId, roles })

  it('个人的只有本人；单位的由收文员、负责人写；全市的由热线主任、知识库管理员写', () => {
    const handler = actor('371602-ZJ', 'handler')
    expect(mayWriteTemplates('personal', handler)).toBe(true)
    expect(mayWriteTemplates('unit', handler)).toBe(false)
    expect(mayWriteTemplates('unit', actor('371602-ZJ', 'clerk'))).toBe(true)
    expect(mayWriteTemplates('city', actor('371602-ZJ', 'unitHead'))).toBe(false)
    expect(mayWriteTemplates('city', actor('hotline', 'director'))).toBe(true)
  })

  it('别的单位的改不了', () => {
    const clerk = actor('371602-ZJ', 'clerk')
    expect(ownerOf('unit', clerk)).toBe('371602-ZJ')
    expect(mayEditTemplate({ scope: 'unit', ownerId: '371602-ZJ' }, clerk)).toBe(true)
    expect(mayEditTemplate({ scope: 'unit', ownerId: '371603-ZJ' }, clerk)).toBe(false)
    expect(mayEditTemplate({ scope: 'personal', ownerId: 'u2' }, clerk)).toBe(false)
  })
})
