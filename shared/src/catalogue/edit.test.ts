import { describe, expect, it } from 'vitest'
import { createRegions } from '../region/createRegions'
import { REGION_DATA } from '../region/regionData'
import { createUnitTree } from '../unit/createUnitTree'
import { buildDemoUnits } from '../unit/demoUnits'
import { createCatalogue } from './createCatalogue'
import { createMatters } from './createMatters'
import { FIRST_DUTY_LIST } from './dutyData'
import { applyChanges, changeTexts } from './edit'
import { effectOf } from './effect'
import { MATTERS } from './matterData'
import { problemsOf } from './problems'
import type { CatalogueContent } from './rule'
import { FIRST_CATALOGUE } from './ruleData'
import { CatalogueChange, RuleInput } from './ruleInput'

const regions = createRegions(REGION_DATA)
const demoUnits = buildDemoUnits(regions)
const matters = createMatters(MATTERS)
const TODAY = '2026-11-20'
const CLOSED = '371600-HH'
const world = {
  matters,
  regions,
  units: createUnitTree(demoUnits.map((unit) => (unit.id === CLOSED ? { ...unit, isOpen: false } : unit))),
  duty: FIRST_DUTY_LIST,
  today: TODAY,
}

const rule = (overrides: Partial<RuleInput> = {}): RuleInput =>
  RuleInput.parse({
    matterCode: '010501',
    regionCode: '371621',
    lead: { kind: 'countyBureau', suffix: 'HB' },
    cityUnitId: '371600-HB',
    basis: '惠民县职责调整文件',
    standard: '现场监测并处理',
    ...overrides,
  })
const add = (overrides: Partial<RuleInput> = {}): CatalogueChange => ({ type: 'add', rule: rule(overrides) })
const next = (...changes: CatalogueChange[]): CatalogueContent => applyChanges(FIRST_CATALOGUE, changes)
const problems = (...changes: CatalogueChange[]) => problemsOf(FIRST_CATALOGUE, next(...changes), world)
const errors = (...changes: CatalogueChange[]) =>
  problems(...changes)
    .filter(({ level }) => level === 'error')
    .map(({ message }) => message)
const warnings = (...changes: CatalogueChange[]) =>
  problems(...changes)
    .filter(({ level }) => level === 'warning')
    .map(({ message }) => message)
const leadOn = (content: CatalogueContent, day: string, regionCode = '371621101') =>
  createCatalogue(content, matters).ruleFor('010501', regionCode, regions, day)?.lead

describe('改目录：每次保存是新的一版', () => {
  it('新增、修改、结束一条；没动的照旧，旧版不变', () => {
    const content = next(
      add({ validFrom: '2027-01-01' }),
      { type: 'end', id: 'R010502', validTo: '2026-12-31' },
      { type: 'change', id: 'R0106', rule: rule({ matterCode: '0106', regionCode: undefined, validTo: undefined }) },
    )
    expect(content.version).toBe(2)
    expect(content.rules).toHaveLength(FIRST_CATALOGUE.rules.length + 1)
    const byId = new Map(content.rules.map((each) => [each.id, each]))
    expect(byId.get('R010501@371621')).toMatchObject({ validFrom: '2027-01-01', version: 2 })
    expect(byId.get('R010502')).toMatchObject({ validTo: '2026-12-31', version: 2 })
    expect(byId.get('R0106')).toMatchObject({ basis: '惠民县职责调整文件', version: 2 })
    expect(byId.get('R010501')?.version).toBe(1)
    expect(FIRST_CATALOGUE.rules.find(({ id }) => id === 'R010502')?.validTo).toBeUndefined()
  })

  it('同一事项和地点再增一条，编号不重', () => {
    const ids = next(
      { type: 'end', id: 'R010501', validTo: '2026-12-31' },
      add({ regionCode: undefined, validFrom: '2027-01-01' }),
    ).rules.map(({ id }) => id)
    expect(ids).toContain('R010501.2')
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('别人已删的一条改不了', () => {
    expect(() => next({ type: 'end', id: 'R9', validTo: TODAY })).toThrow('目录里没有 R9')
  })

  it('到日子才生效，过了日子失效', () => {
    const content = next(add({ validFrom: '2027-01-01', validTo: '2027-06-30' }))
    expect(leadOn(content, '2026-12-31')).toEqual({ kind: 'countyBureau', suffix: 'ZJ' })
    expect(leadOn(content, '2027-01-01')).toEqual({ kind: 'countyBureau', suffix: 'HB' })
    expect(leadOn(content, '2027-06-30')).toEqual({ kind: 'countyBureau', suffix: 'HB' })
    expect(leadOn(content, '2027-07-01')).toEqual({ kind: 'countyBureau', suffix: 'ZJ' })
  })

  it('每处改动成一句话', () => {
    expect(
      changeTexts(
        FIRST_CATALOGUE,
        [add(), { type: 'end', id: 'R010502', validTo: '2026-12-31' }, { type: 'borderMargin', metres: 200 }],
        world,
      ),
    ).toEqual([
      '新增“夜间施工噪音”×惠民县，主办属地生态环境分局',
      '“施工扬尘”×全市到 2026-12-31 为止',
      '边界核对距离改为 200 米',
    ])
  })
})

describe('改目录：冲突检查', () => {
  it('出厂目录没有毛病，合理的改动也没有', () => {
    const allOpen = { ...world, units: createUnitTree(demoUnits) }
    const found = problemsOf({ ...FIRST_CATALOGUE, rules: [] }, FIRST_CATALOGUE, allOpen)
    expect(found.filter(({ level }) => level === 'error')).toEqual([])
    expect(problems(add())).toEqual([])
  })

  it('同一事项、地点，主办不同而时间重叠的不行；先后衔接的可以', () => {
    expect(errors(add({ regionCode: undefined }))).toEqual([
      '“夜间施工噪音”×全市有两条主办不同、时间重叠（一直至长期；一直至长期），请先结束一条',
    ])
    expect(
      errors(
        { type: 'end', id: 'R010501', validTo: '2026-12-31' },
        add({ regionCode: undefined, validFrom: '2027-01-01' }),
      ),
    ).toEqual([])
    expect(
      errors(
        { type: 'end', id: 'R010501', validTo: '2027-01-01' },
        add({ regionCode: undefined, validFrom: '2027-01-01' }),
      )[0],
    ).toContain('至2027-01-01（周五）；2027-01-01（周五）至长期')
  })

  it('主办相同的重叠只提醒', () => {
    const same = add({ regionCode: undefined, lead: { kind: 'countyBureau', suffix: 'ZJ' }, validFrom: '2027-01-01' })
    expect(errors(same)).toEqual([])
    expect(warnings(same)[0]).toContain('以生效较晚的为准')
  })

  it.each([
    [{ matterCode: '999999' }, '没有事项 999999'],
    [{ regionCode: '379999' }, '没有区划 379999'],
    [{ regionCode: '371600' }, '区划请选到县区、功能区或街道、乡镇'],
    [{ validFrom: '2027-02-01', validTo: '2027-01-01' }, '截止日 2027-01-01 早于生效日 2027-02-01'],
    [{ lead: { kind: 'bureau' as const, unitId: CLOSED } }, '主办滨州市黄河河务局已停用'],
    [{ lead: { kind: 'bureau' as const, unitId: '371600-XX' } }, '主办 371600-XX 不存在'],
    [{ lead: { kind: 'countyBureau' as const, suffix: 'XX' } }, '没有一个县区有部门 XX'],
    [{ cityUnitId: '371600-12345' }, '市级主管部门不能是热线中心'],
    [{ co: [{ kind: 'countyBureau' as const, suffix: 'HB' }] }, '协办与主办是同一单位'],
  ])('写错的逐条指出：%o', (overrides, message) => {
    expect(errors(add(overrides)).join()).toContain(message)
  })

  it('没有目录可依的事项和地点，提醒由属地兜底，说清从哪天起', () => {
    expect(
      warnings(
        { type: 'end', id: 'R0106', validTo: '2026-12-31' },
        { type: 'end', id: 'R01', validTo: '2026-12-31' },
      )[0],
    ).toMatch(/^自 2027-01-01（周五） 起，“.*”等 \d+ 个三级事项在滨州市等 \d+ 处没有目录，将由属地县区兜底$/)
  })

  it('被更具体的目录全部盖住的，提醒用不上', () => {
    const leaves = matters.leaves().filter(({ code }) => code.startsWith('0106'))
    expect(warnings(...leaves.map(({ code }) => add({ matterCode: code, regionCode: undefined })))).toEqual([
      '“住房公积金”×全市这一条用不上：它的每个三级事项和地点都另有更具体的目录',
    ])
    expect(warnings(add({ regionCode: '371602', matterCode: '0106' }))).toEqual([])
  })

  it('直派街镇而不在责任清单内的，提醒', () => {
    expect(warnings(add({ lead: { kind: 'town' } }))).toEqual([
      '“夜间施工噪音”×惠民县：该事项不在属地管理事项责任清单内，不得下派街道、乡镇',
    ])
  })

  it('别处早有的毛病不算在这次改动头上', () => {
    const broken: CatalogueContent = {
      ...FIRST_CATALOGUE,
      rules: [
        ...FIRST_CATALOGUE.rules,
        { ...rule({ lead: { kind: 'bureau', unitId: CLOSED } }), id: 'RX', version: 1 },
      ],
    }
    const change = add({ matterCode: '0105', regionCode: '371622' })
    expect(problemsOf(broken, applyChanges(broken, [change]), world)).toEqual([])
  })
})

describe('改目录：会改变什么', () => {
  it('数出变了多少处、多少处换了主办，并举例', () => {
    const effect = effectOf(FIRST_CATALOGUE, next(add()), world)
    const places = regions.children('371621').length + 1
    expect([effect.changed, effect.leads]).toEqual([places, places])
    expect(effect.samples[0]).toMatchObject({
      matterCode: '010501',
      day: TODAY,
      before: { unitId: '371621-ZJ' },
      after: { unitId: '371621-HB' },
    })
    expect(effect.samples).toHaveLength(12)
  })

  it('只改办理标准的，主办不变；改动在将来的，例子写明日子', () => {
    const base = FIRST_CATALOGUE.rules.find(({ id }) => id === 'R0106')
    const { id: _id, version: _version, ...kept } = base!
    const effect = effectOf(
      FIRST_CATALOGUE,
      next({ type: 'change', id: 'R0106', rule: RuleInput.parse({ ...kept, standard: '三个工作日内答复' }) }),
      world,
    )
    expect(effect.leads).toBe(0)
    expect(effect.changed).toBeGreaterThan(100)
    expect(effectOf(FIRST_CATALOGUE, next(add({ validFrom: '2027-03-01' })), world).samples[0]?.day).toBe('2027-03-01')
    expect(effectOf(FIRST_CATALOGUE, FIRST_CATALOGUE, world)).toEqual({ changed: 0, leads: 0, samples: [] })
  })
})
