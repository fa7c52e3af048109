import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type Client, type TestApp } from '../helpers/app'
import { ok } from '../helpers/desk'
import { listen } from '../helpers/socket'

let app: TestApp
let admin: Client
let countyAdmin: Client
beforeAll(async () => {
  app = await startApp()
  admin = await app.signIn('admin')
  countyAdmin = await app.signIn('countyadmin@371602')
})
afterAll(() => app.stop())

const PASSWORD = 'Quiet-River-77'
let serial = 0
const newUser = (more: object = {}) => {
  serial += 1
  return { username: `new${serial}`, name: '王新', roles: ['clerk'], unitId: '371602-ZJ', password: PASSWORD, ...more }
}
const idOf = async (username: string): Promise<string> => (await app.signIn(username)).user.id

describe('账号管理', () => {
  it('管理员新建的账号可以登录，工号和脱敏电话在列表里', async () => {
    const created = await admin.post(
      '/api/users',
      newUser({ username: 'wang.xin', jobNo: 'A77', phone: '138-0000-1234' }),
    )
    expect(created.status).toBe(201)
    expect(created.body).toMatchObject({ username: 'wang.xin', unitName: '滨城区住房和城乡建设局', isActive: true })
    expect(created.body.phone).toBe('138****1234')
    expect(JSON.stringify(created.body)).not.toMatch(/passwordHash|argon2|13800001234/)
    const found = await admin.get('/api/users?q=a77')
    expect(found.body.items).toHaveLength(1)
    expect((await app.signIn('wang.xin', PASSWORD)).user.name).toBe('王新')
  })

  it('同一账号不能建两次，不分大小写', async () => {
    await admin.post('/api/users', newUser({ username: 'Same.One' }))
    const again = await admin.post('/api/users', newUser({ username: 'same.one' }))
    expect([again.status, again.body.message]).toEqual([422, '账号 same.one 已经存在'])
  })

  it.each([
    [{ password: 'short' }, 'password'],
    [{ roles: [] }, 'roles'],
    [{ roles: ['caller'] }, 'roles.0'],
    [{ username: '王' }, 'username'],
    [{ phone: '12' }, 'phone'],
    [{ surprise: 1 }, 'surprise'],
  ])('不对的字段 %j 被指出', async (more, path) => {
    const answer = await admin.post('/api/users', newUser(more))
    expect(answer.status).toBe(400)
    expect(answer.body.details.fields.map((field: { path: string }) => field.path)).toContain(path)
  })

  it('不存在的单位不行', async () => {
    expect((await admin.post('/api/users', newUser({ unitId: '999' }))).status).toBe(422)
  })

  it('看得到全部工单的热线岗位，只能授予热线中心的账号', async () => {
    for (const role of ['dispatcher', 'supervisor', 'callbackOfficer', 'director', 'inspector', 'shiftLead']) {
      const answer = await admin.post('/api/users', newUser({ roles: ['clerk', role] }))
      expect([role, answer.status, answer.body.message]).toEqual([role, 422, '热线的岗位只能授予热线中心的账号'])
    }
    const own = await admin.post('/api/users', newUser({ roles: ['supervisor'], unitId: '371600-12345-DB' }))
    expect(own.status, JSON.stringify(own.body)).toBe(201)
  })

  it('话务员不能管理账号', async () => {
    const agent = await app.signIn('agent1')
    expect((await agent.post('/api/users', newUser())).status).toBe(403)
  })

  it('不能停用自己，也不能改自己的角色', async () => {
    expect((await admin.post(`/api/users/${admin.user.id}/disable`)).status).toBe(422)
    expect((await admin.patch(`/api/users/${admin.user.id}`, { roles: ['director'] })).status).toBe(422)
  })

  it('没有这个人就是没有', async () => {
    expect((await admin.post('/api/users/nobody/disable')).status).toBe(404)
  })

  it('停用后不能登录，启用后可以', async () => {
    const id = await idOf('handler@371625')
    expect((await admin.post(`/api/users/${id}/disable`)).body.isActive).toBe(false)
    await expect(app.signIn('handler@371625', 'Hotline@12345')).rejects.toThrow('401')
    expect((await admin.post(`/api/users/${id}/enable`)).body.isActive).toBe(true)
    await app.signIn('handler@371625', 'Hotline@12345')
  })

  it('改了角色，旧令牌失效，重新登录得到新角色', async () => {
    const clerk = await app.signIn('clerk@371625', 'Hotline@12345')
    expect((await admin.patch(`/api/users/${clerk.user.id}`, { roles: ['clerk', 'handler'] })).status).toBe(200)
    expect((await app.request('GET', '/api/me', { token: clerk.token })).status).toBe(401)
    expect((await app.signIn('clerk@371625', 'Hotline@12345')).user.roles).toEqual(['clerk', 'handler'])
  })

  it('重置密码后旧密码和旧会话都失效', async () => {
    const lead = await app.signIn('lead@371625', 'Hotline@12345')
    expect((await admin.post(`/api/users/${lead.user.id}/reset-password`, { password: PASSWORD })).status).toBe(200)
    expect((await app.request('GET', '/api/me', { token: lead.token })).status).toBe(401)
    await expect(app.signIn('lead@371625', 'Hotline@12345')).rejects.toThrow('401')
    await app.signIn('lead@371625', PASSWORD)
  })

  it('正在重置时用旧密码登录的，不会留下续得上的会话', async () => {
    const username = 'lead@371603'
    const { user } = await app.signIn(username, 'Hotline@12345')
    let given = 'Hotline@12345'
    for (let time = 0; time < 8; time += 1) {
      const next = `Given-Moon-3${time}`
      const resetting = admin.post(`/api/users/${user.id}/reset-password`, { password: next })
      const entering = Promise.all(
        [given, given].map((password) => app.signIn(username, password).catch(() => undefined)),
      )
      ok(await resetting)
      for (const entered of await entering) {
        if (!entered) continue
        const renewed = await app.request('POST', '/api/auth/refresh', { headers: { Cookie: entered.cookie } })
        expect(renewed.status).toBe(401)
      }
      given = next
    }
  })

  it('重置的密码，登录后先改掉：改之前别的什么都不答，改了就照常', async () => {
    const username = 'handler@371622'
    const given = 'Given-Moon-31'
    ok(await admin.post(`/api/users/${await idOf(username)}/reset-password`, { password: given }))
    const person = await app.signIn(username, given)
    expect(person.user.mustChangePassword).toBe(true)
    expect((await person.get('/api/me')).body.mustChangePassword).toBe(true)
    for (const path of ['/api/tickets', '/api/notices', '/api/units', '/api/no-such-path']) {
      const refused = await person.get(path)
      expect([path, refused.status, refused.body.code]).toEqual([path, 403, 'passwordChangeRequired'])
    }
    const written = await person.post('/api/tickets/x/acknowledge', {})
    expect([written.status, written.body.message]).toEqual([403, '密码由管理员设置，请先修改密码'])
    // A socket would tell him of tickets.
    await expect(listen(app, person)).rejects.toThrow('unauthenticated')

    const change = (newPassword: string) => person.post('/api/me/password', { currentPassword: given, newPassword })
    const same = await change(given)
    expect([same.status, same.body.message]).toEqual([400, '新密码不能与当前密码相同'])
    expect((await person.get('/api/tickets')).status).toBe(403)
    ok(await change(PASSWORD))
    const renewed = await app.request('POST', '/api/auth/refresh', { headers: { Cookie: person.cookie } })
    expect(renewed.body.user).not.toHaveProperty('mustChangePassword')
    ok(await app.request('GET', '/api/tickets', { token: renewed.body.accessToken }))
    ok(await (await app.signIn(username, PASSWORD)).get('/api/tickets'))
  })

  it('管理员新建的账号也一样；本人改过的、演示账号不必', async () => {
    const user = newUser()
    ok(await admin.post('/api/users', user))
    const first = await app.signIn(user.username, PASSWORD)
    expect((await first.get('/api/tickets')).body.code).toBe('passwordChangeRequired')
    const own = await app.signInFirst(user.username, PASSWORD)
    expect(own.user).not.toHaveProperty('mustChangePassword')
    ok(await own.get('/api/tickets'))
    expect(countyAdmin.user).not.toHaveProperty('mustChangePassword')
    // Whom an administrator lists need not know it of others.
    expect((await admin.get(`/api/users?q=${user.username}`)).body.items[0]).not.toHaveProperty('mustChangePassword')
  })

  it('锁定的账号在列表里看得见，可以解锁', async () => {
    const user = { username: 'head@371625', password: 'wrong-password' }
    const id = await idOf(user.username)
    for (let n = 0; n < 5; n += 1) await app.request('POST', '/api/auth/sign-in', { body: user })
    const listed = async () => (await admin.get('/api/users?q=head@371625')).body.items[0].isLocked
    expect(await listed()).toBe(true)
    expect((await admin.post(`/api/users/${id}/unlock`)).status).toBe(200)
    expect(await listed()).toBe(false)
    await app.signIn(user.username, 'Hotline@12345')
  })
})

describe('区县管理员', () => {
  it('只看到、只管得了本单位及下级', async () => {
    const { body } = await countyAdmin.get('/api/users?pageSize=100')
    expect(body.total).toBeGreaterThan(30)
    for (const { unitId } of body.items) expect(unitId).toMatch(/^371602/)
    const outside = await idOf('clerk@371603')
    expect((await countyAdmin.post(`/api/users/${outside}/disable`)).status).toBe(404)
    expect((await countyAdmin.get('/api/users?unitId=371603')).status).toBe(403)
    expect((await countyAdmin.post('/api/users', newUser({ unitId: '371603' }))).status).toBe(403)
  })

  it('可以建本县的收文员，不能授予热线角色或管理员', async () => {
    expect((await countyAdmin.post('/api/users', newUser())).status).toBe(201)
    for (const role of ['dispatcher', 'administrator', 'countyAdmin']) {
      expect((await countyAdmin.post('/api/users', newUser({ roles: [role] }))).status).toBe(403)
    }
  })
})

describe('选人', () => {
  it('承办单位的人能选本单位经办人，看不到别的单位', async () => {
    const clerk = await app.signIn('clerk@371602-CG')
    const { body } = await clerk.get('/api/users?unitId=371602-CG&role=handler')
    expect(body.items.map((item: { username: string }) => item.username)).toEqual(['handler@371602-CG'])
    expect(body.items[0]).not.toHaveProperty('phone')
    expect((await clerk.get('/api/users?unitId=371602-ZJ')).status).toBe(403)
  })
  it('按姓名中的任何一段查找', async () => {
    const { name, username } = countyAdmin.user
    const { body } = await admin.get(`/api/users?q=${encodeURIComponent(name.slice(1))}&pageSize=100`)
    expect(body.items.map((item: { username: string }) => item.username)).toContain(username)
    expect((await admin.get(`/api/users?q=${encodeURIComponent('.*')}`)).body.total).toBe(0)
  })
})

describe('修改自己的密码', () => {
  it('要当前密码；其他会话结束，这个会话可以刷新', async () => {
    const [here, there] = [
      await app.signIn('knowledge', 'Hotline@12345'),
      await app.signIn('knowledge', 'Hotline@12345'),
    ]
    const wrong = await here.post('/api/me/password', { currentPassword: 'x', newPassword: PASSWORD })
    expect(wrong.body.details.fields[0].path).toBe('currentPassword')
    const weak = await here.post('/api/me/password', { currentPassword: 'Hotline@12345', newPassword: 'weak' })
    expect(weak.body.details.fields[0].path).toBe('newPassword')
    const input = { currentPassword: 'Hotline@12345', newPassword: PASSWORD }
    expect((await here.post('/api/me/password', input)).status).toBe(200)
    const refresh = (cookie: string) => app.request('POST', '/api/auth/refresh', { headers: { Cookie: cookie } })
    expect((await refresh(there.cookie)).status).toBe(401)
    expect((await refresh(here.cookie)).status).toBe(200)
  })
})

describe('幂等键', () => {
  it('写操作必须带', async () => {
    const answer = await admin.post('/api/users', newUser(), { key: null })
    expect([answer.status, answer.body.code]).toEqual([400, 'invalidInput'])
  })
  it('同键同文得到同一个结果，同时点两次也只建一个', async () => {
    const user = newUser()
    const key = 'double-click-0001'
    const answers = await Promise.all([1, 2, 3].map(() => admin.post('/api/users', user, { key })))
    expect(answers.map((answer) => answer.status)).toEqual([201, 201, 201])
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1)
    expect(answers.filter((answer) => answer.headers.get('Idempotency-Replayed')).length).toBe(2)
  })
  it('同键异文被拒绝', async () => {
    await admin.post('/api/users', newUser(), { key: 'another-key-1' })
    const other = await admin.post('/api/users', newUser(), { key: 'another-key-1' })
    expect([other.status, other.body.message]).toEqual([422, '同一幂等键不能用于不同的请求'])
  })
  it('被拒绝的操作不占用键', async () => {
    const key = 'refused-then-right'
    const user = newUser()
    expect((await admin.post('/api/users', { ...user, password: 'x' }, { key })).status).toBe(400)
    expect((await admin.post('/api/users', user, { key })).status).toBe(201)
  })
  it('两个人用同一个键互不相干', async () => {
    const key = 'shared-by-chance'
    const [mine, theirs] = [
      await admin.post('/api/users', newUser(), { key }),
      await countyAdmin.post('/api/users', newUser(), { key }),
    ]
    expect([mine.status, theirs.status]).toEqual([201, 201])
  })
})
