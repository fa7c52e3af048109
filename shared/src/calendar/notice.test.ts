import { describe, expect, it } from 'vitest'
import { CALENDAR_YEARS } from './data'
import { readNotice } from './notice'
import { CalendarYearInput } from './yearInput'

const OF_2026 = `国务院办公厅关于2026年
部分节假日安排的通知
国办发明电〔2025〕7号
经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。`
const OF_2025 = `国务院办公厅关于2025年部分节假日安排的通知
一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。`

describe('导入国务院办公厅的通知', () => {
  it.each([
    [2025, OF_2025],
    [2026, OF_2026],
  ])('%i 年的原文读出来，与人工录入的一致', (year, text) => {
    const read = readNotice(text)
    const entered = CALENDAR_YEARS.find((entry) => entry.year === year)
    expect(read.problems).toEqual([])
    expect([read.year, read.off, read.work]).toEqual([year, entered?.off, entered?.work])
    expect(read.source).toContain('国务院办公厅关于')
  })

  it('文号一并读出', () => {
    expect(readNotice(OF_2026).source).toContain('国办发明电〔2025〕7号')
  })

  it('半角标点、“星期”、只有一句也读得懂', () => {
    expect(readNotice('1月1日至3日放假,共3天。1月4日(星期日)上班', 2026)).toMatchObject({
      off: ['2026-01-01', '2026-01-02', '2026-01-03'],
      work: ['2026-01-04'],
      problems: [],
    })
  })

  it('跨年的假期：2022 年 12 月 31 日至 2023 年 1 月 2 日', () => {
    const read = readNotice('元旦：2022年12月31日至2023年1月2日放假调休，共3天。', 2023)
    expect([read.off, read.problems]).toEqual([['2022-12-31', '2023-01-01', '2023-01-02'], []])
  })

  it('省略月份的日子，是前面那个月的', () => {
    expect(readNotice('2月14日、28日上班。2月15日放假1天', 2026).work).toEqual(['2026-02-14', '2026-02-28'])
  })

  it('放假和上班写在一句里，各归各的', () => {
    expect(readNotice('10月1日至7日放假，10月10日（周六）上班', 2026)).toMatchObject({
      off: ['01', '02', '03', '04', '05', '06', '07'].map((day) => `2026-10-${day}`),
      work: ['2026-10-10'],
    })
  })

  it.each([
    ['天数与写明的不符', '1月1日至3日放假，共4天', '写明 4 天，读到 3 天'],
    ['星期写错', '1月1日（周五）放假1天', '写的是星期五'],
    ['没有这一天', '2月30日放假1天', '不是有效的日期'],
    ['平日不必调休', '1月1日放假1天。1月5日上班', '本来就上班'],
    ['既放假又上班', '1月1日至3日放假。1月3日上班', '不能既放假又上班'],
    ['起止颠倒', '3月9日至1月1日放假', '不合理'],
    ['没有放假的日子', '请各单位做好值班', '没有读到放假的日期'],
  ])('%s，说得出来', (_, text, problem) => {
    expect(readNotice(text, 2026).problems.join()).toContain(problem)
  })

  it('没有年份的，请人先选', () => {
    expect(readNotice('1月1日放假1天').problems).toEqual(['没有找到年份，请先选择年份'])
  })

  it('JSON 也收', () => {
    expect(readNotice('{"year":2027,"off":["2027-01-01"],"work":["2027-01-03"],"source":"通知"}')).toMatchObject({
      year: 2027,
      off: ['2027-01-01'],
      work: ['2027-01-03'],
      source: '通知',
      problems: [],
    })
    expect(readNotice('{"year":2027,"off":["2027-02-29"]}').problems.join()).toContain('不是有效的日期')
    expect(readNotice('{oops').problems).toContain('不是有效的 JSON')
  })
})

describe('一年的日历', () => {
  const year = { year: 2027, off: ['2027-01-02', '2027-01-01'], work: ['2027-01-09'], source: '国办发明电〔2026〕1 号' }
  const messages = (overrides: object) =>
    CalendarYearInput.safeParse({ ...year, ...overrides }).error?.issues.map(({ message }) => message) ?? []

  it('日子按先后排好', () => {
    expect(CalendarYearInput.parse(year).off).toEqual(['2027-01-01', '2027-01-02'])
    for (const { version: _, ...entry } of CALENDAR_YEARS.map((one) => ({ ...one, version: 1 })))
      expect(CalendarYearInput.safeParse(entry).success).toBe(true)
  })

  it.each([
    ['别的年份的日子', { off: ['2027-01-01', '2028-05-01'] }, '2028-05-01 不属于 2027 年'],
    ['既放假又上班', { work: ['2027-01-02'] }, '2027-01-02 不能既放假又上班'],
    ['平日当作调休', { work: ['2027-01-04'] }, '2027-01-04（周一）本来就上班，不是调休'],
    ['同一天写两次', { off: ['2027-01-01', '2027-01-01'] }, '放假日 2027-01-01 重复'],
    ['没有一天放假', { off: [] }, '2027 年没有一天放假，请核对'],
    ['没有依据', { source: '' }, '请填写依据的通知名称或文号'],
    ['不是日期', { off: ['2027-02-29'] }, '不是有效的日期，应如 2027-01-01'],
  ])('%s，不收，并说明', (_, overrides, message) => {
    expect(messages(overrides)).toContain(message)
  })

  it('紧挨着年底年初的几天可以属于相邻年份的通知', () => {
    expect(messages({ off: ['2026-12-31', '2027-01-01'] })).toEqual([])
  })
})
