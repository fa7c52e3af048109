import { ROLE_LABELS, type AccountRole } from '@hotline/shared/user/roles'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../helpers/app'

let demo: TestApp
let real: TestApp
beforeAll(async () => {
  demo = await startApp()
  real = await startApp({ isDemo: false })
})
afterAll(async () => {
  await demo.stop()
  await real.stop()
})

interface Account {
  username: string
  name: string
  role: AccountRole
  roleLabel: string
}

describe('演示账号', () => {
  it('不登录就能看到，每个角色一个，都能登录，都是那个角色', async () => {
    const { status, body } = await demo.request('GET', '/api/demo')
    expect(status).toBe(200)
    const accounts: Account[] = body.accounts
    expect(new Set(accounts.map(({ role }) => role)).size).toBe(accounts.length)
    expect(accounts.length).toBeGreaterThanOrEqual(14)
    for (const { username, name, role, roleLabel } of accounts) {
      const { user } = await demo.signIn(username, body.password)
      expect([user.name, user.roles, roleLabel]).toEqual([name, [role], ROLE_LABELS[role]])
    }
  })

  it('每个账号只说账号、姓名、角色', async () => {
    const { body } = await demo.request('GET', '/api/demo')
    for (const account of body.accounts)
      expect(Object.keys(account).sort()).toEqual(['name', 'role', 'roleLabel', 'username'])
  })

  it('正式系统没有', async () => {
    const { status, body } = await real.request('GET', '/api/demo')
    expect([status, body.code]).toEqual([404, 'notFound'])
    expect(JSON.stringify(body)).not.toContain('Hotline@')
  })
})
