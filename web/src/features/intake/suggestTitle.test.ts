import { TITLE_MAX } from '@hotline/shared/ticket/commandInputs'
import { describe, expect, it } from 'vitest'
import { suggestTitle } from './suggestTitle'

describe('标题建议', () => {
  it.each([
    ['', ''],
    ['小区停水两天。请尽快处理', '小区停水两天'],
    ['您好！渤海十八路工地夜间施工，影响休息', '渤海十八路工地夜间施工'],
    ['尊敬的市领导：您好，我想咨询一下公租房怎么申请？', '公租房怎么申请'],
    ['尊敬的王书记！我们小区的幼儿园至今没有开园', '我们小区的幼儿园至今没有开园'],
    ['您好，我家住在锦绣花园，楼下工地连续三天夜里打桩，睡不着', '楼下工地连续三天夜里打桩'],
    ['来电反映：黄河五路路灯不亮', '黄河五路路灯不亮'],
    ['昨晚，楼下烧烤店油烟大，一直到两点', '昨晚，楼下烧烤店油烟大'],
  ])('%s → %s', (text, title) => expect(suggestTitle(text)).toBe(title))

  it('一句话再长也不超过标题的字数', () => {
    const title = suggestTitle('长'.repeat(500))
    expect(title).toHaveLength(TITLE_MAX)
    expect(title.endsWith('…')).toBe(true)
  })
})
