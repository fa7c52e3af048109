import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from '../lib/paths.mjs'

const ROUTERS = ['web/src/router.ts', 'web/src/features/public/publicRouter.ts']
/** Ways to other pages, and what stands for addresses that do not exist. */
const NO_PAGE = /^\/$|:rest\(/

/** Every page that can be opened, as the routers name it: `/tickets/:id`. */
export async function allRoutes(): Promise<string[]> {
  const texts = await Promise.all(ROUTERS.map((file) => readFile(join(ROOT, file), 'utf8')))
  const found = texts.flatMap((text) => [...text.matchAll(/\{\s*path:\s*'([^']+)',\s*(redirect:)?/g)])
  return found.flatMap(([, path = '', redirect]) => (redirect || NO_PAGE.test(path) ? [] : [path]))
}

/** Those that no picture shows. */
export function unshown(routes: readonly string[], shown: readonly string[]): string[] {
  return routes.filter((route) => !shown.some((path) => patternOf(route).test(new URL(path, 'http://x').pathname)))
}

function patternOf(route: string): RegExp {
  const parts = route.split('/').map((part) => {
    const [, choices] = /^:\w+(?:\(([^)]*)\))?$/.exec(part) ?? []
    if (choices) return `(?:${choices})`
    return part.startsWith(':') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  })
  return new RegExp(`^${parts.join('/')}$`)
}
