import { shiftDay } from '@hotline/shared/calendar/day'
import { weekOf } from '@hotline/shared/meeting/meeting'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startStage, type Stage } from '../../helpers/browser'
import { UNIT } from '../../helpers/desk'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.stop())

describe('双随机检查', () => {
  it('督办员抽一轮，检查人评分，单位申诉，主任改分，汇总看得到', async () => {
    const { no } = await stage.desk.closed({ title: '楼道灯三个月没修' })
    const supervisor = await stage.page('supervisor1')
    await supervisor.goto(`${stage.address}/inspection?desk=rounds`)
    await supervisor.getByTestId('do-draw').click()
    const draw = supervisor.getByTestId('form-draw')
    await draw.getByTestId('field-name').fill('十一月办件检查')
    await draw.getByText('质检员').first().waitFor()
    await draw.getByTestId('submit-draw').click()
    const round = supervisor.getByTestId('round')
    await round.getByText('总体 1 件').waitFor()
    await round.getByRole('link', { name: no }).waitFor()

    const inspector = await stage.page('inspector')
    await inspector.goto(`${stage.address}/inspection`)
    await inspector.getByTestId(`row-${no}`).click()
    const score = inspector.getByTestId('form-score')
    await score.getByTestId('points-reasoned').locator('input').fill('10')
    await score.getByTestId('points-reasoned').locator('input').press('Tab')
    await score.getByTestId('field-opinion').fill('答复没有写明依据')
    await score.getByTestId('submit-score').click()
    await score.getByText('事实与依据扣了分，请写明原因').waitFor()
    await score.getByTestId('words-reasoned').fill('没有引用依据')
    await expect.poll(() => score.getByTestId('total').innerText()).toContain('合计 80 分')
    await score.getByTestId('submit-score').click()
    await inspector.getByText('没有抽到您评分的').waitFor()

    const clerk = await stage.page(`clerk@${UNIT}`)
    await clerk.goto(`${stage.address}/inspection`)
    await clerk.getByTestId(`row-${no}`).click()
    const his = clerk.getByTestId('inspection')
    await his.getByText('80 分 合格').waitFor()
    await his.getByTestId('do-object').click()
    await his.getByTestId('form-said').locator('textarea').first().fill('依据写在附件里')
    await his.getByRole('button', { name: '提交申诉' }).click()
    await his.getByText('依据写在附件里').waitFor()

    const director = await stage.page('director')
    await director.goto(`${stage.address}/inspection?desk=toReview`)
    await director.getByTestId(`row-${no}`).click()
    await director.getByTestId('do-change').click()
    const review = director.getByTestId('form-score')
    await review.getByTestId('points-reasoned').locator('input').fill('25')
    await review.getByTestId('points-reasoned').locator('input').press('Tab')
    await review.getByTestId('field-words').fill('附件里确有依据')
    await review.getByTestId('submit-score').click()
    await director.getByText('没有待复核的申诉').waitFor()

    await supervisor.reload()
    await round.getByText('汇总：平均 95.0 分').waitFor()
  })
})

describe('值班表', () => {
  it('粘贴一周，一行有错一行都不导入，改好导入；今天谁当班处处看得到；记一次巡查', async () => {
    const supervisor = await stage.page('supervisor1')
    await supervisor.goto(`${stage.address}/roster`)
    const day = await supervisor.getByTestId('day-pane').getAttribute('aria-label')
    await supervisor.getByTestId('do-paste').click()
    const text = `${day}\t带班领导\t李明\t副市长\t0543-3160001\n${day}\t门卫\t王芳`
    await supervisor.getByTestId('paste').fill(text)
    await supervisor.getByTestId('do-check').click()
    const result = supervisor.getByTestId('paste-result')
    await result.getByText('第 2 行：没有“门卫”这个岗位').waitFor()
    await expect.poll(() => supervisor.getByTestId('do-import').isDisabled()).toBe(true)
    await supervisor.getByTestId('paste').fill(text.replace('门卫', '巡查人'))
    await supervisor.getByTestId('do-check').click()
    await result.getByText('2 行都读懂了').waitFor()
    await supervisor.getByTestId('do-import').click()
    await supervisor.getByTestId('on-duty').getByText('李明').waitFor()
    await supervisor.getByTestId('on-duty').getByText('0543-3160001').waitFor()

    await supervisor.getByTestId('do-patrol').click()
    const patrol = supervisor.getByTestId('form-patrol')
    await patrol.getByLabel('巡查地点').fill('话务大厅')
    await patrol.getByLabel('巡查情况').fill('秩序良好')
    await patrol.getByTestId('save-patrol').click()
    await supervisor.getByTestId('day-pane').getByText('秩序良好').waitFor()
  })
})

describe('周例会', () => {
  it('提请、写明议定事项、召开、登记落实；没有落实的带到下一周', async () => {
    const { no } = await stage.desk.handling({ title: '广场舞噪音反复反映' })
    const other = await stage.desk.handling({ title: '断头路何时打通' })
    const director = await stage.page('director')
    const week = weekOf(new Date())
    await director.goto(`${stage.address}/meeting?week=${week}`)
    for (const [one, why] of [
      [no, '群众反映强烈'],
      [other.no, '需多部门协调'],
    ] as const) {
      await director.getByTestId('do-propose').click()
      const propose = director.getByTestId('form-propose')
      await propose.getByLabel('工单编号').fill(one)
      await propose.getByLabel('提请理由').fill(why)
      await propose.getByRole('button', { name: '列入' }).click()
      await director.getByTestId(`item-${one}`).waitFor()
      await director.getByTestId(`item-${one}`).click()
      const pane = director.getByTestId('item-pane')
      await pane.getByText(why).waitFor()
      await pane.getByTestId('field-demand').fill('三日内提出方案')
      await pane.getByTestId('do-save').click()
      await director.getByTestId(`item-${one}`).getByText('三日内提出方案').waitFor()
    }
    await director.getByTestId('do-hold').click()
    await director.locator('.el-popconfirm:visible').getByRole('button', { name: '召开' }).click()
    await director.getByTestId('about').getByText('已召开').waitFor()
    await director.getByTestId(`item-${no}`).click()
    await director.getByTestId('field-words').fill('已划定活动时段')
    await director.getByTestId('do-done').click()
    await director.getByTestId(`item-${no}`).getByText('已落实：已划定活动时段').waitFor()

    await director.goto(`${stage.address}/meeting?week=${shiftDay(week, 7)}`)
    await director.getByTestId('do-gather').click()
    await director.getByTestId(`item-${other.no}`).getByText('第 2 次上会').waitFor()
    expect(await director.getByTestId(`item-${no}`).count()).toBe(0)
  })
})

it('整个过程没有一处脚本报错', () => {
  expect(stage.complaints).toEqual([])
})
