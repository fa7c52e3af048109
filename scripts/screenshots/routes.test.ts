import { describe, expect, it } from 'vitest'
import { allRoutes, unshown } from './routes'
import { shots } from './shots'
import { EXAMPLE } from './scene'

describe('截图', () => {
  it('读得到全部路由', async () => {
    const routes = await allRoutes()
    expect(routes).toContain('/intake')
    expect(routes).toContain('/tickets/:id')
    expect(routes).toContain('/progress')
    expect(routes.length).toBeGreaterThan(20)
  })

  it('每个页面至少有一张', async () => {
    const paths = shots(EXAMPLE).map(({ path }) => path)
    expect(unshown(await allRoutes(), paths)).toEqual([])
  })

  it('没有截图的页面说得出来', () => {
    expect(unshown(['/a/:id', '/b', '/c/:step(x|y)'], ['/a/1?x=2', '/c/z'])).toEqual(['/b', '/c/:step(x|y)'])
  })

  it('名字不重复', () => {
    const names = shots(EXAMPLE).map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
  })
})
