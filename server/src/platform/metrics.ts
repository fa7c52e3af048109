import type { RequestHandler } from 'express'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

export interface Metrics {
  registry: Registry
  counter(name: string, help: string, labelNames?: string[]): Counter
  gauge(name: string, help: string, labelNames?: string[]): Gauge
  observeRequests: RequestHandler
  expose: RequestHandler
}

/** One registry per application, so that several may live in one process. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const seconds = new Histogram({
    name: 'http_request_seconds',
    help: 'Duration of HTTP requests by route',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  })

  return {
    registry,
    counter: (name, help, labelNames = []) => new Counter({ name, help, labelNames, registers: [registry] }),
    gauge: (name, help, labelNames = []) => new Gauge({ name, help, labelNames, registers: [registry] }),
    observeRequests: (req, res, next) => {
      const stop = seconds.startTimer()
      res.once('finish', () => {
        // The pattern of the route, never the path: ids would make a series of each ticket.
        const route = req.route ? `${req.baseUrl}${String((req.route as { path: unknown }).path)}` : 'other'
        stop({ method: req.method, route, status: String(res.statusCode) })
      })
      next()
    },
    /** For a scraper on this machine only: what came through a proxy is somebody else. */
    expose: async (req, res) => {
      const isLocal = /^(::1|127\.|::ffff:127\.)/.test(req.socket.remoteAddress ?? '')
      if (!isLocal || req.headers['x-forwarded-for']) {
        res.status(404).end()
        return
      }
      res.type(registry.contentType).send(await registry.metrics())
    },
  }
}
