import { describe, expect, it } from 'vitest'
import { createMatters } from './createMatters'
import { FALLBACK_MATTER, MATTERS } from './matterData'
import { searchMatters } from './searchMatters'
import { suggestMatters } from './suggestMatters'

const matters = createMatters(MATTERS)
const found = (text: string, limit = 5) => searchMatters(matters, text, limit).map((matter) => matter.name)

describe('事项目录', () => {
  it('三级齐全，代码 2+2+2 位，上级都在，同级名称不重', () => {
    expect(new Set(MATTERS.map((matter) => matter.code)).size).toBe(MATTERS.length)
    for (const matter of MATTERS) {
      expect(matter.code, matter.name).toMatch(/^(\d\d){1,3}$/)
      expect(matter.code.length).toBe(matter.level * 2)
      expect(matters.pathOf(matter.code), matter.name).toHaveLength(matter.level)
      expect(matter.initials, matter.name).toMatch(/^[a-z0-9]+$/)
    }
    const names = MATTERS.map((matter) => `${matter.parentCode}${matter.name}`)
    expect(new Set(names).size).toBe(names.length)
  })

  it('规模合适：一级约 15、二级约 120、三级 400 以上', () => {
    const counts = [1, 2, 3].map((level) => MATTERS.filter((matter) => matter.level === level).length)
    expect(counts[0]).toBeGreaterThanOrEqual(15)
    expect(counts[1]).toBeGreaterThanOrEqual(120)
    expect(counts[2]).toBeGreaterThanOrEqual(400)
  })

  it('每个三级事项有群众的说法，其中不全是泛词（“其他”除外）', () => {
    for (const leaf of matters.leaves()) {
      expect(leaf.keywords.length, leaf.name).toBeGreaterThanOrEqual(3)
      expect(new Set(leaf.keywords).size, leaf.name).toBe(leaf.keywords.length)
      const strong = leaf.keywords.length - leaf.weakKeywords.length
      if (leaf.code.slice(2, 4) !== '99') expect(strong, `${leaf.code} ${leaf.name}`).toBeGreaterThan(0)
    }
  })

  it('每个一级下都有“其他”，什么都对得上号', () => {
    for (const first of matters.children(null)) {
      expect(matters.isLeaf(`${first.code}9901`), first.name).toBe(true)
    }
    expect(matters.isLeaf(FALLBACK_MATTER)).toBe(true)
  })

  it('只有三级事项能挂到工单', () => {
    expect(['01', '0105', '010501', '999999'].map(matters.isLeaf)).toEqual([false, false, true, false])
    expect(matters.fullName('010501')).toBe('住房物业>施工管理>夜间施工噪音')
    expect(matters.pathOf('010501')).toEqual(['01', '0105', '010501'])
    expect(matters.pathOf('999999')).toEqual([])
  })
})

describe('事项检索', () => {
  it('按拼音首字母：开头、隔字、各词首字', () => {
    expect(found('yjsgzy')[0]).toBe('夜间施工噪音')
    expect(found('yjsg')[0]).toBe('夜间施工噪音')
    expect(found('ys', 3)).toContain('夜间施工噪音')
    expect(found('GJJTQ')[0]).toBe('公积金提取')
  })

  it('按名称、按群众的说法、按代码', () => {
    expect(found('停水')[0]).toBe('停水')
    expect(found('业委会')[0]).toBe('业主委员会')
    expect(found('包工头')[0]).toBe('农民工工资')
    expect(found('010501')).toEqual(['夜间施工噪音'])
    expect(found('小区 停车')[0]).toBe('小区停车')
  })

  it('一句话也能找到，找不到就不给', () => {
    expect(found('半夜施工吵得睡不着')[0]).toBe('夜间施工噪音')
    expect(found('qqqq')).toEqual([])
    expect(found('   ')).toEqual([])
  })
})

describe('从诉求内容推荐事项', () => {
  const first = (title: string, detail = title) => {
    const code = suggestMatters(matters, { title, detail }, 1)[0]?.code
    return code && matters.name(code)
  }

  it.each([
    ['凌晨两点工地还在打混凝土,夜间施工噪音太大', '夜间施工噪音'],
    ['小区电梯坏了三天没人修,老人被困', '电梯故障'],
    ['家里暖气不热,温度不达标', '暖气不热'],
    ['在工地干了三个月活,包工头拖欠农民工工资', '农民工工资'],
    ['楼下饭店油烟直排,餐饮油烟扰民', '餐饮油烟'],
    ['路灯不亮,晚上出门看不见', '路灯不亮'],
    ['公交站台太远,希望增设站点', '公交站点'],
    ['孩子今年上小学,想问学区划分', '学区划分'],
    ['新农合住院报销比例是多少', '医保报销'],
    ['开发商逾期交房一年多', '延期交房'],
    ['村里的宅基地被邻居占了', '宅基地纠纷'],
    ['办了健身卡,店家跑路', '预付卡跑路'],
    ['遛狗不拴绳还咬人', '不文明养犬'],
    ['消防通道被私家车占用', '消防通道占用'],
  ])('%s → %s', (text, matter) => {
    expect(first(text)).toBe(matter)
  })

  it('标题比正文说了算', () => {
    const detail = '我住在某小区,物业也来看过,公交车经过时也能看到。'
    expect(first('路面塌陷很危险', detail)).toBe('路面破损')
  })

  it('说方式的泛词压不过说事情的词', () => {
    expect(first('建议增加公交班次')).toBe('公交班次')
    expect(first('幼儿园收费太高,乱收费')).toBe('幼儿园收费')
  })

  it('命中的词说得出来，按分数排好', () => {
    const list = suggestMatters(matters, { title: '夜间施工噪音', detail: '工地扬尘也大' }, 5)
    expect(list[0]?.hits).toContain('夜间施工')
    const scores = list.map((suggestion) => suggestion.score)
    expect([...scores].sort((a, b) => b - a)).toEqual(scores)
  })

  it('什么也没听出来时不硬猜', () => {
    expect(suggestMatters(matters, { detail: '你好,在吗' }, 3)).toEqual([])
  })
})
