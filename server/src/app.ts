import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { isPublicPath } from '@hotline/shared/public/paths'
import compression from 'compression'
import express, { Router, type Express } from 'express'
import helmet from 'helmet'
import { DOCS_PAGE, DOCS_SCRIPT } from './platform/http/docsPage'
import type { Feature } from './platform/feature'
import { authenticate, requireOwnPassword, type VerifyToken } from './platform/http/authenticate'
import { handleErrors, unknownRoute } from './platform/http/errors'
import { createOpenApi } from './platform/http/openapi'
import { assignRequestId } from './platform/http/requestId'
import type { Logger } from './platform/log'
import type { Metrics } from './platform/metrics'

export interface AppDeps {
  features: readonly Feature[]
  verify: VerifyToken
  metrics: Metrics
  logger: Logger
  webDir?: string
  proxies: number
  version: string
  /** Told to browsers when the city's clock is not the machine's: seconds. */
  clockOffset?(): number
  /** Throws while a dependency is down or the process is leaving. */
  assertReady(): Promise<void>
}

const BODY_LIMIT = '256kb'
const YEAR_MS = 365 * 24 * 3600_000

export function createApp(deps: AppDeps): Express {
  const { features, metrics, logger } = deps
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', deps.proxies)
  app.set('etag', 'weak')
  app.use(assignRequestId, metrics.observeRequests, securityHeaders())

  app.get('/livez', (_req, res) => void res.json({ status: 'ok' }))
  app.get('/readyz', async (_req, res) => {
    await deps.assertReady()
    res.json({ status: 'ok' })
  })
  app.get('/metrics', metrics.expose)

  app.use(compression())
  app.use('/api', apiRouter(deps))
  if (deps.webDir && existsSync(join(deps.webDir, 'index.html'))) servePages(app, deps.webDir)
  app.use(unknownRoute)
  app.use(handleErrors(logger))
  return app

  function apiRouter({ verify, version, clockOffset }: AppDeps): Router {
    const api = Router()
    const document = createOpenApi(
      '12345 热线',
      version,
      features.flatMap((feature) => [...feature.api]),
    )
    api.get('/openapi.json', (_req, res) => void res.json(document))
    api.get('/docs', (_req, res) => void res.type('html').send(DOCS_PAGE))
    api.get('/docs/page.js', (_req, res) => void res.type('js').send(DOCS_SCRIPT))

    // Answers hold people's matters: no cache on the way keeps them, and the browser asks again each time.
    api.use((_req, res, next) => {
      res.setHeader('Cache-Control', 'private, no-cache')
      if (clockOffset) res.setHeader('X-Clock-Offset', clockOffset())
      next()
    })
    api.use(express.json({ limit: BODY_LIMIT }))
    const mount = (some: readonly Feature[]) => some.forEach(({ path, router }) => api.use(below(path), router))
    mount(features.filter(({ isPublic }) => isPublic))
    api.use(authenticate(verify))
    mount(features.filter(({ isBeforePasswordChange }) => isBeforePasswordChange))
    api.use(requireOwnPassword)
    mount(features.filter(({ isPublic, isBeforePasswordChange }) => !isPublic && !isBeforePasswordChange))
    api.use(unknownRoute)
    return api
  }
}

function below(path: string): string {
  return path.replace(/^\/api/, '')
}

function securityHeaders() {
  return helmet({
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // Element Plus sets positions and colours by style attributes.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'", 'ws:', 'wss:'],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
        // Many city halls run it by plain HTTP inside their own network.
        upgradeInsecureRequests: null,
      },
    },
    strictTransportSecurity: false,
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
  })
}

/** The console: hashed assets for ever, the page itself never, every unknown path is a page of the console. */
function servePages(app: Express, webDir: string): void {
  app.use('/assets', express.static(join(webDir, 'assets'), { immutable: true, maxAge: YEAR_MS, fallthrough: false }))
  app.use(express.static(webDir, { index: false, maxAge: '1h' }))
  const page = join(webDir, 'index.html')
  const publicPage = join(webDir, 'public.html')
  app.get('/{*path}', (req, res, next) => {
    if (!req.accepts('html') || req.path.startsWith('/api/') || req.path.startsWith('/socket.io')) {
      next()
      return
    }
    res.setHeader('Cache-Control', 'no-cache')
    res.sendFile(isPublicPath(req.path) ? publicPage : page)
  })
}
