import { afterEach, describe, expect, it, vi } from 'vitest'
import { createApp, h } from 'vue'
import DemoAccounts from './DemoAccounts.vue'

const DEMO = {
  accounts: [
    { username: 'agent1', name: '王敏', role: 'agent', roleLabel: '话务员' },
    { username: 'clerk@371602-ZJ', name: '李强', role: 'clerk', roleLabel: '收文员' },
  ],
  password: 'secret',
}

/** The part on its own, as the server answers; what was picked. */
async function show(status: number, body: unknown) {
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify(body), { status }))
  const picked: string[][] = []
  const host = document.createElement('div')
  const app = createApp(() => h(DemoAccounts, { username: 'agent1', onPick: (...what: string[]) => picked.push(what) }))
  app.mount(host)
  await new Promise((resolve) => setTimeout(resolve))
  return { host, picked }
}

describe('登录页的演示账号', () => {
  afterEach(() => vi.unstubAllGlobals())

  it('演示系统：每个角色一个，一按即填入账号和密码', async () => {
    const { host, picked } = await show(200, DEMO)
    expect(host.textContent).toContain('话务员')
    host.querySelector<HTMLButtonElement>('[data-testid=demo-clerk]')?.click()
    expect(picked).toEqual([['clerk@371602-ZJ', 'secret']])
    expect(host.querySelector('[aria-pressed=true]')?.textContent).toContain('王敏')
  })

  it('正式系统：什么也不显示', async () => {
    const { host } = await show(404, { code: 'notFound', message: '没有演示账号' })
    expect(host.textContent).toBe('')
  })
})
