import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

/**
 * The import rule:
 * main → wire → features → platform → shared → zod, and in the browser features → components → platform → shared.
 */

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..')

interface Source {
  /** From the root, with slashes: `server/src/wire.ts`. */
  path: string
  text: string
  /** Its TypeScript; of a component the script. */
  tree: ts.SourceFile
  imports: { to: string; isTypeOnly: boolean }[]
}

function read(folder: string): Source[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(ts|vue)$/.test(entry.name))
    .map((entry) => parse(relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/')))
}

function parse(path: string): Source {
  const text = readFileSync(join(ROOT, path), 'utf8')
  const code = path.endsWith('.vue')
    ? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, s]) => s).join('\n')
    : text
  const tree = ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true)
  const imports: Source['imports'] = []
  visit(tree, (node) => {
    const isImport = ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
    if (isImport && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
      const isTypeOnly = ts.isImportDeclaration(node)
        ? node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
        : node.isTypeOnly
      imports.push({ to: resolve(path, node.moduleSpecifier.text), isTypeOnly })
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments
      if (argument && ts.isStringLiteral(argument))
        imports.push({ to: resolve(path, argument.text), isTypeOnly: false })
    }
  })
  return { path, text, tree, imports }
}

function visit(node: ts.Node, look: (node: ts.Node) => void): void {
  look(node)
  ts.forEachChild(node, (child) => visit(child, look))
}

/** Relative ones and those of our packages as paths from the root; others as they stand. */
function resolve(from: string, specifier: string): string {
  const own = /^@hotline\/(shared|server|web)\/(.*)$/.exec(specifier)
  if (own) return `${own[1]}/src/${own[2]}`
  return specifier.startsWith('.') ? join(dirname(from), specifier).split(sep).join('/') : specifier
}

const isTest = ({ path }: Source) => path.endsWith('.test.ts') || path.includes('/testing/')
const everything = ['shared/src', 'server/src', 'web/src'].flatMap(read)
const sources = everything.filter((source) => !isTest(source))
const of = (folder: string) => sources.filter(({ path }) => path.startsWith(folder))

/** `from → to` of every import that the rule does not allow. */
function broken(files: Source[], isAllowed: (to: string, source: Source) => boolean): string[] {
  return files.flatMap((source) =>
    source.imports.filter(({ to }) => !isAllowed(to, source)).map(({ to }) => `${source.path} → ${to}`),
  )
}

const isPackage = (name: string) => (to: string) => to === name || to.startsWith(`${name}/`)
const onlyIn = (packages: string[], isHome: (path: string) => boolean) =>
  broken(sources, (to, { path }) => !packages.some((name) => isPackage(name)(to)) || isHome(path))

/** Folders of features that import each other in a circle. */
function circles(files: Source[], base: string): string[] {
  const folderOf = (path: string) => (path.startsWith(base) ? path.slice(base.length).split('/')[0] : undefined)
  const graph = new Map<string, Set<string>>()
  for (const { path, imports } of files) {
    const from = folderOf(path)
    if (!from) continue
    const targets = graph.get(from) ?? new Set<string>()
    for (const { to } of imports) {
      const other = folderOf(to)
      if (other && other !== from) targets.add(other)
    }
    graph.set(from, targets)
  }
  const found: string[] = []
  const walk = (node: string, trail: readonly string[]): void => {
    if (trail.includes(node)) {
      if (trail[0] === node) found.push([...trail, node].join(' → '))
      return
    }
    for (const next of graph.get(node) ?? []) walk(next, [...trail, node])
  }
  for (const node of graph.keys()) walk(node, [])
  return found
}

describe('谁可以引用谁', () => {
  it('读到了全部源码和引用', () => {
    expect(sources.length).toBeGreaterThan(250)
    const nowhere = () => false
    for (const name of ['zod', 'mongoose', 'agenda', 'socket.io', 'jsonwebtoken', 'vue'])
      expect([name, onlyIn([name], nowhere).length > 0]).toEqual([name, true])
    expect(broken(of('server/src/wire.ts'), (to) => !to.startsWith('server/src/features/ticket/'))).not.toEqual([])
    expect(broken(of('web/src/router.ts'), (to) => !to.startsWith('web/src/features/'))).not.toEqual([])
  })

  it('shared 只引用 zod 和它自己', () => {
    expect(broken(of('shared/src'), (to) => to === 'zod' || to.startsWith('shared/src/'))).toEqual([])
  })

  it('server 与 web 互不引用，都只经 shared 相通', () => {
    expect(broken(of('server/src'), (to) => !to.startsWith('web/') && !isPackage('@hotline/web')(to))).toEqual([])
    expect(broken(of('web/src'), (to) => !to.startsWith('server/') && !isPackage('@hotline/server')(to))).toEqual([])
    const isInside = (to: string) => /^(shared|server|web)\/src\//.test(to) || !/^(\.\.|scripts|tests)/.test(to)
    expect(broken(sources, isInside)).toEqual([])
  })

  it('server 的 platform 不认识任何业务', () => {
    const isBelow = (to: string) => !to.startsWith('server/src/') || to.startsWith('server/src/platform/')
    expect(broken(of('server/src/platform'), isBelow)).toEqual([])
  })

  it('server 的业务不引用装配；只有 wire 认识全部业务', () => {
    const isNotAbove = (to: string) => !/^server\/src\/(main|wire|consoles|migrations|app|config)$/.test(to)
    expect(broken(of('server/src/features'), isNotAbove)).toEqual([])
    const others = of('server/src/').filter(
      ({ path }) => !/^server\/src\/(features\/|wire\.ts|consoles\.ts|migrations\.ts)/.test(path),
    )
    expect(broken(others, (to) => !to.startsWith('server/src/features/'))).toEqual([])
  })

  it('业务之间有先后，不绕圈', () => {
    expect(circles(of('server/src/features'), 'server/src/features/')).toEqual([])
    expect(circles(of('web/src/features'), 'web/src/features/')).toEqual([])
  })

  it('web:features → components → platform → shared', () => {
    const isWeb = (to: string) => to.startsWith('web/src/')
    const onlyFrom =
      (...folders: string[]) =>
      (to: string) =>
        !isWeb(to) || folders.some((folder) => to.startsWith(folder))
    expect(broken(of('web/src/platform'), onlyFrom('web/src/platform/'))).toEqual([])
    expect(broken(of('web/src/components'), onlyFrom('web/src/components/', 'web/src/platform/'))).toEqual([])
    const lower = ['web/src/features/', 'web/src/components/', 'web/src/platform/']
    expect(broken(of('web/src/features'), onlyFrom(...lower))).toEqual([])
  })

  it.each([
    [
      'mongoose、mongodb 只在 store、queries 和 platform/mongo',
      ['mongoose', 'mongodb'],
      /^server\/src\/(platform\/mongo\.ts|features\/.*(Store|Queries)\.ts)$/,
    ],
    ['agenda 只在 platform/jobs', ['agenda', '@agendajs/mongo-backend'], /^server\/src\/platform\/jobs\.ts$/],
    [
      'socket.io 只在 platform/live',
      ['socket.io', '@socket.io/mongo-adapter', 'socket.io-client'],
      /^(server|web)\/src\/platform\/live\.ts$/,
    ],
    ['jsonwebtoken 只在 features/auth', ['jsonwebtoken'], /^server\/src\/features\/auth\//],
    ['argon2 只在口令处', ['@node-rs/argon2'], /^server\/src\/features\/user\/passwords\.ts$/],
  ])('%s', (_label, packages, home) => {
    expect(onlyIn(packages, (path) => home.test(path))).toEqual([])
  })

  it('浏览器只经 platform/http 发请求', () => {
    const callers = of('web/src').filter(
      ({ tree, path }) => path !== 'web/src/platform/http.ts' && calls(tree, 'fetch'),
    )
    expect(callers.map(({ path }) => path)).toEqual([])
  })
})

function calls(tree: ts.Node, name: string): boolean {
  let found = false
  visit(tree, (node) => {
    if (ts.isCallExpression(node) && node.expression.getText() === name) found = true
  })
  return found
}

/** `path: line` of every node for which the question is answered with yes. */
function where(files: Source[], is: (node: ts.Node) => boolean): string[] {
  return files.flatMap(({ path, tree }) => {
    const lines: string[] = []
    visit(tree, (node) => {
      if (!is(node)) return
      const { line } = tree.getLineAndCharacterOfPosition(node.getStart())
      lines.push(`${path}: ${tree.text.split('\n')[line]?.trim()}`)
    })
    return lines
  })
}

const lines = (files: Source[], pattern: RegExp) =>
  files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line) => (pattern.test(line) ? [`${path}: ${line.trim()}`] : [])),
  )

describe('源码的样子', () => {
  it('没有 any、enum、console、默认导出', () => {
    expect(where(everything, (node) => node.kind === ts.SyntaxKind.AnyKeyword)).toEqual([])
    expect(where(everything, ts.isEnumDeclaration)).toEqual([])
    const isConsole = (node: ts.Node) => ts.isPropertyAccessExpression(node) && node.expression.getText() === 'console'
    expect(where(everything, isConsole)).toEqual([])
    const isDefault = (node: ts.Node) => ts.isExportAssignment(node) || node.kind === ts.SyntaxKind.DefaultKeyword
    expect(
      where(sources, (node) => isDefault(node) && !ts.isDefaultClause(node.parent) && !ts.isDefaultClause(node)),
    ).toEqual([])
  })

  it('没有待办、被压住的类型错误、v-html', () => {
    expect(lines(everything, /\b(TODO|FIXME|XXX|HACK)\b|@ts-(ignore|nocheck|expect-error)/)).toEqual([])
    expect(lines(of('web/src'), /\bv-html\b|innerHTML/)).toEqual([])
  })

  it('没有桶文件，没有什么都装的文件夹', () => {
    const isBarrel = ({ tree }: Source) =>
      tree.statements.length > 0 && tree.statements.every((one) => ts.isExportDeclaration(one) && one.moduleSpecifier)
    expect(sources.filter(isBarrel).map(({ path }) => path)).toEqual([])
    expect(sources.map(({ path }) => path).filter((path) => /\/index\.(ts|vue)$/.test(path))).toEqual([])
    expect(
      sources.map(({ path }) => path).filter((path) => /\/(utils?|helpers?|common|types|misc)\//.test(path)),
    ).toEqual([])
  })

  it('领域是纯的：不看钟，不掷骰子，不认识进程', () => {
    const isImpure = (node: ts.Node) =>
      (ts.isNewExpression(node) && node.expression.getText() === 'Date' && (node.arguments?.length ?? 0) === 0) ||
      (ts.isPropertyAccessExpression(node) &&
        /^(Date\.now|Math\.random|performance\.now|process\.|globalThis\.|crypto\.)/.test(`${node.getText()}.`))
    expect(where(of('shared/src'), isImpure)).toEqual([])
  })

  it('服务端的“现在”只来自 platform/clock', () => {
    const isNow = (node: ts.Node) =>
      ts.isNewExpression(node) && node.expression.getText() === 'Date' && (node.arguments?.length ?? 0) === 0
    const files = of('server/src/features')
    expect(where(files, isNow)).toEqual([])
  })

  it('文件不超过三百行；数据除外', () => {
    const long = sources
      .filter(({ path }) => !path.includes('/data/'))
      .map(({ path, text }) => ({ path, count: text.split('\n').length - 1 }))
      .filter(({ count }) => count > 300)
    expect(long).toEqual([])
  })
})
