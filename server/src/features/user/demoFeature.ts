import { AppError } from '@hotline/shared/error'
import { DemoAccounts } from '@hotline/shared/user/account'
import { Router } from 'express'
import type { Feature } from '../../platform/feature'
import { DEMO_PASSWORD, type DemoAccount } from './demoUsers'

/** Tells the sign-in page whom one may be in a demo; where nobody is one, it does not exist. */
export function createDemoFeature(accounts: readonly DemoAccount[]): Feature {
  const router = Router()

  router.get('/', (_req, res) => {
    if (accounts.length === 0) throw new AppError('notFound', '没有演示账号')
    const answer: DemoAccounts = {
      accounts: accounts.map(({ username, name, role, roleLabel }) => ({ username, name, role, roleLabel })),
      password: DEMO_PASSWORD,
    }
    res.json(answer)
  })

  return {
    path: '/api/demo',
    router,
    isPublic: true,
    api: [
      {
        method: 'get',
        path: '/api/demo',
        tag: '登录',
        summary: '演示账号，每个角色一个；不是演示系统时为 404',
        response: DemoAccounts,
        isPublic: true,
      },
    ],
  }
}
