import { describe, expect, it } from 'vitest'
import { createRegions } from '../region/createRegions'
import { REGION_DATA } from '../region/regionData'
import { VILLAGE_DATA } from '../region/villageData'
import { createUnitTree } from '../unit/createUnitTree'
import { buildDemoUnits } from '../unit/demoUnits'
import type { Candidate, CandidateQuery } from './candidates'
import { candidates } from './candidates'
import { createCatalogue } from './createCatalogue'
import { createMatters } from './createMatters'
import { MATTERS } from './matterData'
import { FIRST_CATALOGUE, CATALOGUE_RULES } from './ruleData'

const regions = createRegions(REGION_DATA, VILLAGE_DATA)
const demoUnits = buildDemoUnits(regions)
const units = createUnitTree(demoUnits)
const matters = createMatters(MATTERS)
const catalogue = createCatalogue(FIRST_CATALOGUE, matters)
const TODAY = '2026-11-20'

function ask(matterCode: string, regionCode: string, more: Partial<CandidateQuery> = {}, limit = 5): Candidate[] {
  const query: CandidateQuery = {
    matterCode,
    regionCode,
    accusedUnitIds: [],
    confidentiality: 0,
    units,
    regions,
    day: TODAY,
    ...more,
  }
  return candidates(catalogue, query, limit)
}

const names = (list: Candidate[]) => list.map((candidate) => units.name(candidate.unitId))
const closing = (...ids: string[]) =>
  createUnitTree(demoUnits.map((unit) => (ids.includes(unit.id) ? { ...unit, isOpen: false } : unit)))

/** The city, the counties, the zones, all streets and towns. */
const places = regions.all().filter((region) => region.level !== 'village')
const everywhere = matters.leaves().flatMap((matter) => places.map((place) => [matter.code, place.code] as const))

const NIGHT_NOISE = '010501'
const HOMESTEAD = '130201'

describe('派单目录的数据', () => {
  it('每行的事项、区划、单位都存在，依据和标准都写了', () => {
    const counties = regions.children(regions.cityCode).map((county) => county.code)
    for (const rule of CATALOGUE_RULES) {
      expect(matters.has(rule.matterCode), rule.id).toBe(true)
      expect(rule.regionCode === undefined || regions.has(rule.regionCode), rule.id).toBe(true)
      expect(units.isOpen(rule.cityUnitId), `${rule.id} ${rule.cityUnitId}`).toBe(true)
      for (const part of [rule.lead, ...(rule.co ?? [])]) {
        if (part.kind === 'bureau') expect(units.isOpen(part.unitId), `${rule.id} ${part.unitId}`).toBe(true)
        if (part.kind === 'countyBureau')
          expect(
            counties.some((county) => units.isOpen(`${county}-${part.suffix}`)),
            `${rule.id} ${part.suffix}`,
          ).toBe(true)
      }
      expect(rule.basis.length, rule.id).toBeGreaterThan(3)
      expect(rule.standard.length, rule.id).toBeGreaterThan(3)
    }
    expect(new Set(CATALOGUE_RULES.map((rule) => rule.id)).size).toBe(CATALOGUE_RULES.length)
  })
})

describe('每个三级事项在每个区划都派得出去', () => {
  it(`${matters.leaves().length} 个事项 × ${places.length} 个区划，首选是在用单位，且说明理由和四明确`, () => {
    const failures: string[] = []
    for (const [matterCode, regionCode] of everywhere) {
      const first = ask(matterCode, regionCode, {}, 1)[0]
      const isComplete =
        first &&
        units.isOpen(first.unitId) &&
        first.reasons[0]?.startsWith('目录：') &&
        first.task &&
        first.standard &&
        first.basis &&
        first.ruleId
      if (!isComplete) failures.push(`${matterCode}×${regionCode}`)
    }
    expect(failures).toEqual([])
  })

  it('首选单位不管别的县区的事', () => {
    const strangers: string[] = []
    for (const [matterCode, regionCode] of everywhere) {
      for (const { unitId, coUnitIds, copyUnitIds } of ask(matterCode, regionCode)) {
        for (const id of [unitId, ...coUnitIds, ...copyUnitIds]) {
          const place = units.get(id)?.regionCode ?? ''
          if (!regions.isWithin(regionCode, place)) strangers.push(`${matterCode}×${regionCode}:${id}`)
        }
      }
    }
    expect(strangers).toEqual([])
  })

  it('被反映单位及其下属从不出现，主办、协办、抄送都不行；总有上级接手', () => {
    const failures: string[] = []
    for (const [matterCode, regionCode] of everywhere) {
      const usual = ask(matterCode, regionCode, {}, 1)[0]?.unitId
      const accused = [usual, regions.jurisdictionOf(regionCode)].filter((id) => id !== undefined)
      for (const accusedUnitIds of [...accused.map((id) => [id]), accused]) {
        if (accusedUnitIds.includes(regions.cityCode)) continue
        const list = ask(matterCode, regionCode, { accusedUnitIds })
        const all = list.flatMap((each) => [each.unitId, ...each.coUnitIds, ...each.copyUnitIds])
        const isSeen = all.some((id) => accusedUnitIds.some((root) => units.isWithin(id, root)))
        if (isSeen || list.length === 0) failures.push(`${matterCode}×${regionCode} 被反映 ${accusedUnitIds.join()}`)
      }
    }
    expect(failures).toEqual([])
  })

  it('职能部门的事不派给镇街（D12）：镇街做主办的，都是目录写明的', () => {
    const wrong: string[] = []
    for (const [matterCode, regionCode] of everywhere) {
      const isForTown = catalogue.ruleFor(matterCode, regionCode, regions, TODAY)?.lead.kind === 'town'
      for (const { unitId, copyUnitIds } of ask(matterCode, regionCode)) {
        if (units.get(unitId)?.kind !== 'town') continue
        if (!isForTown || !copyUnitIds.includes(units.get(unitId)?.parentId ?? ''))
          wrong.push(`${matterCode}×${regionCode}`)
      }
    }
    expect(wrong).toEqual([])
  })
})

describe('派单规则', () => {
  it('D1 权责明确的派县区部门，县区政府兜底，市级部门再次', () => {
    const list = ask(NIGHT_NOISE, '371602005')
    expect(names(list)).toEqual([
      '滨城区住房和城乡建设局',
      '滨城区人民政府',
      '滨州市住房和城乡建设局',
      '滨州市人民政府',
    ])
    expect(list[0]?.reasons).toEqual(['目录：夜间施工噪音×滨城区'])
    expect(list[0]?.coUnitIds.map(units.name)).toEqual(['滨城区综合行政执法局'])
    const scores = list.map((candidate) => candidate.score)
    expect(scores[0]).toBe(1)
    expect([...scores].sort((a, b) => b - a)).toEqual(scores)
  })

  it('村居和所在街道派给同一单位', () => {
    const village = VILLAGE_DATA.find(([code]) => code.startsWith('371602005'))?.[0] ?? ''
    expect(ask(NIGHT_NOISE, village).map((each) => each.unitId)).toEqual(
      ask(NIGHT_NOISE, '371602005').map((each) => each.unitId),
    )
  })

  it('D2 在履职事项内的直派镇街，同时抄送县政府督促', () => {
    const [first] = ask(HOMESTEAD, '371621101')
    expect(units.name(first?.unitId ?? '')).toBe('惠民县石庙镇人民政府')
    expect(first?.copyUnitIds).toEqual(['371621'])
    expect(first?.reasons.join()).toContain('抄送惠民县督促')
  })

  it('D3 只知道在哪个县、不知道哪个镇的，派县政府', () => {
    expect(ask(HOMESTEAD, '371621')[0]?.unitId).toBe('371621')
  })

  it('D12 市县交叉的以市级部门为主办', () => {
    const [first] = ask('050602', '371602005')
    expect(units.name(first?.unitId ?? '')).toBe('滨州市公安局')
    expect(first?.reasons).toContain('市县职责交叉的，以市级部门为主办')
  })

  it('未提及区域的派市级部门', () => {
    const [first] = ask(NIGHT_NOISE, '371600')
    expect(first?.unitId).toBe('371600-ZJ')
    expect(first?.reasons).toEqual(['目录：夜间施工噪音×全市', '未提及具体区域，由市级部门承办'])
  })

  it('同一事项在主城区和县里可以派给不同单位，水电气热限二十四小时', () => {
    expect(names(ask('030101', '371602005', {}, 1))).toEqual(['滨州市供水公司'])
    expect(names(ask('030101', '371623101', {}, 1))).toEqual(['无棣县城乡水务局'])
    expect(ask('030101', '371602005')[0]?.limit).toEqual({ unit: 'hours', n: 24 })
  })
})

describe('功能区优先', () => {
  it('杜店街道的事派经济技术开发区，不派滨城区', () => {
    const list = ask(NIGHT_NOISE, '371602010')
    expect(names(list)[0]).toBe('经济技术开发区住房和城乡建设局')
    expect(list[0]?.reasons).toContain('杜店街道由经济技术开发区管辖，功能区优先')
    expect(list.some((candidate) => units.isWithin(candidate.unitId, '371602'))).toBe(false)
  })

  it('功能区没有的部门，由管委会兜底', () => {
    expect(names(ask('090502', '371602011'))[0]).toBe('滨州经济技术开发区管理委员会')
  })

  it('镇街挂在功能区下的，抄送功能区', () => {
    expect(ask(HOMESTEAD, '371602012')[0]?.copyUnitIds).toEqual(['371600Z01'])
  })

  it('邹平的高新街道归邹平', () => {
    expect(names(ask(NIGHT_NOISE, '371681003'))[0]).toBe('邹平市住房和城乡建设局')
  })
})

describe('回避与保密', () => {
  it('反映县区部门的，上级主管部门承办并说明回避', () => {
    const [first] = ask(NIGHT_NOISE, '371602005', { accusedUnitIds: ['371602-ZJ'] })
    expect(first?.unitId).toBe('371600-ZJ')
    expect(first?.reasons).toContain('回避：滨城区住房和城乡建设局被反映，由上级承办')
  })

  it('反映区政府的，全区的单位都回避', () => {
    const list = ask(NIGHT_NOISE, '371602005', { accusedUnitIds: ['371602'] })
    expect(names(list)).toEqual(['滨州市住房和城乡建设局', '滨州市人民政府'])
    expect(list[0]?.coUnitIds).toEqual([])
  })

  it('反映市直部门的，由市政府承办', () => {
    expect(ask('010601', '371602005', { accusedUnitIds: ['371600-GJJ'] })[0]?.unitId).toBe('371600')
  })

  it('反映市政府的，热线不自作主张', () => {
    expect(ask(NIGHT_NOISE, '371602005', { accusedUnitIds: ['371600'] })).toEqual([])
  })

  it('举报保密件提到市级主管部门，没有协办，也不抄送', () => {
    const list = ask(HOMESTEAD, '371621101', { confidentiality: 2, accusedUnitIds: ['371621101'] })
    expect(list[0]?.unitId).toBe('371600-NY')
    expect(list[0]?.reasons).toContain('举报保密件，由市级主管部门直接办理')
    expect(list.flatMap((each) => [...each.coUnitIds, ...each.copyUnitIds])).toEqual([])
    expect(list.some((each) => units.get(each.unitId)?.kind === 'town')).toBe(false)
  })
})

describe('单位停用', () => {
  it('停用的单位不做候选，由属地兜底并说明', () => {
    const list = ask(NIGHT_NOISE, '371602005', { units: closing('371602-ZJ', '371602-CG') })
    expect(list[0]?.unitId).toBe('371602')
    expect(list[0]?.reasons).toContain('滨城区住房和城乡建设局已停用')
    expect(list.flatMap((each) => [each.unitId, ...each.coUnitIds])).not.toContain('371602-ZJ')
    expect(list[0]?.coUnitIds).toEqual([])
  })

  it('目录没有写到的，由属地县区兜底；没有地点的由市里', () => {
    const bare = createCatalogue({ ...FIRST_CATALOGUE, version: 7, rules: [] }, matters)
    const query: CandidateQuery = {
      matterCode: NIGHT_NOISE,
      regionCode: '371602005',
      accusedUnitIds: [],
      confidentiality: 0,
      units,
      regions,
      day: TODAY,
    }
    const [first] = candidates(bare, query, 5)
    expect([first?.unitId, first?.ruleId, first?.catalogueVersion]).toEqual(['371602', 'fallback', 7])
    expect(first?.reasons[0]).toBe('目录没有“夜间施工噪音”在滨城区的条目，由属地兜底协调')
    expect(candidates(bare, { ...query, regionCode: '371600' }, 5)[0]?.unitId).toBe('371600')
  })

  it('不存在的事项没有候选', () => {
    expect(ask('999999', '371602')).toEqual([])
  })
})
