import { AppError } from '@hotline/shared/error'
import { SessionUser, SignedIn, SignInInput } from '@hotline/shared/user/account'
import cookieParser from 'cookie-parser'
import { Router, type Request, type RequestHandler, type Response } from 'express'
import type { RouteDoc } from '../../platform/http/openapi'
import { parse } from '../../platform/http/validate'
import type { UserRow } from '../user/userStore'
import type { AuthService, Session, Visitor } from './authService'

const COOKIE = 'refresh'
const PATH = '/api/auth'

export function createAuthRoutes(auth: AuthService, presentMe: (user: UserRow) => SessionUser): Router {
  const router = Router()
  router.use(refuseOtherOrigins, cookieParser())

  router.post('/sign-in', async (req, res) => {
    const { username, password } = parse(SignInInput, req.body)
    answer(req, res, await auth.signIn(username, password, visitorOf(req)))
  })

  router.post('/refresh', async (req, res) => {
    try {
      answer(req, res, await auth.refresh(tokenOf(req), visitorOf(req)))
    } catch (error) {
      if (error instanceof AppError && error.code === 'unauthenticated') clear(req, res)
      throw error
    }
  })

  router.post('/sign-out', async (req, res) => {
    await auth.signOut(tokenOf(req))
    clear(req, res)
    res.status(204).end()
  })

  function answer(req: Request, res: Response, session: Session): void {
    res.setHeader('Cache-Control', 'no-store')
    res.cookie(COOKIE, session.refreshToken, { ...cookieOf(req), expires: session.refreshExpiresAt })
    const { accessToken, accessExpiresAt, user } = session
    const body: SignedIn = { accessToken, expiresAt: accessExpiresAt.toISOString(), user: presentMe(user) }
    res.json(body)
  }
  return router
}

/** The cookie acts by itself, so what uses it must come from our own pages. Programs send no Origin. */
const refuseOtherOrigins: RequestHandler = (req, _res, next) => {
  const origin = req.get('Origin')
  const isOther = origin !== undefined && hostOf(origin) !== req.host
  if (isOther || req.get('Sec-Fetch-Site') === 'cross-site') throw new AppError('forbidden', '请求来自其他网站，已拒绝')
  next()
}

function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host
  } catch {
    return undefined
  }
}

function cookieOf(req: Request) {
  return { httpOnly: true, sameSite: 'strict', path: PATH, secure: req.secure } as const
}

function clear(req: Request, res: Response): void {
  res.clearCookie(COOKIE, cookieOf(req))
}

function tokenOf(req: Request): string {
  const { [COOKIE]: token } = req.cookies as Record<string, unknown>
  return typeof token === 'string' ? token : ''
}

function visitorOf(req: Request): Visitor {
  return { ip: req.ip ?? '', userAgent: (req.get('User-Agent') ?? '').slice(0, 200) }
}

export const authApi: RouteDoc[] = [
  {
    method: 'post',
    path: '/api/auth/sign-in',
    summary: '登录',
    description: '返回访问令牌（10 分钟），刷新令牌在 httpOnly Cookie 中',
    tag: '登录',
    body: SignInInput,
    response: SignedIn,
    isPublic: true,
  },
  {
    method: 'post',
    path: '/api/auth/refresh',
    summary: '换取新的访问令牌',
    tag: '登录',
    response: SignedIn,
    isPublic: true,
  },
  { method: 'post', path: '/api/auth/sign-out', summary: '退出登录', tag: '登录', status: 204, isPublic: true },
]
