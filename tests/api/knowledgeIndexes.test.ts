import { keysOf, type ArticleDoc } from '@hotline/server/features/knowledge/knowledgeDocument'
import { loadUnits } from '@hotline/server/features/unit/unitStore'
import { createLogger } from '@hotline/server/platform/log'
import type { KnowledgeArticle } from '@hotline/shared/knowledge/article'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../helpers/app'
import { ok, openDatabase } from '../helpers/desk'
import { openKnowledge } from '../helpers/knowledge'

interface Profile {
  ns: string
  planSummary?: string
  hasSortStage?: boolean
  docsExamined?: number
}

const MANY = 4_000
const SUBJECTS = ['供暖', '停水', '公交', '社保', '学区', '物业', '路灯', '积水', '户口', '驾照']
const ASKS = ['怎么办理', '找哪个部门', '收费标准是多少', '多久能办好', '需要什么材料', '周末能不能办']
let app: TestApp
let k: ReturnType<typeof openKnowledge>
let database: Awaited<ReturnType<typeof openDatabase>>

beforeAll(async () => {
  app = await startApp()
  k = openKnowledge(app)
  database = await openDatabase(app)
  const { id } = await k.published()
  const articles = database.db.collection<ArticleDoc>('knowledgeArticles')
  const { _id, ...doc } = (await articles.findOne({ _id: id }))!
  const units = await loadUnits(database.db as never, createLogger('silent'))
  const at = app.clock.now()
  const copies = Array.from({ length: MANY }, (_, n): ArticleDoc => {
    const question = `${SUBJECTS[n % 10]}第${n}号事项${ASKS[n % 6]}？`
    const content = { ...doc.current!.content, question, matterCodes: [n % 2 ? '110105' : '080501'] }
    const current = { ...doc.current!, content }
    const article: KnowledgeArticle = { ...doc, id: `${_id}${n}`, current, uses: n % 97 }
    const { id: copyId, ...rest } = article
    return { _id: copyId, ...rest, versions: [current], ...keysOf(article, units, new Date(at.getTime() - n * 60_000)) }
  })
  await articles.insertMany(copies, { ordered: false, ignoreUndefined: true })
})
afterAll(async () => {
  await database.close()
  await app.stop()
})

/** What the database did for one request. */
async function profile(username: string, path: string): Promise<Profile[]> {
  const { db } = database
  await db.command({ profile: 0 })
  await db
    .collection('system.profile')
    .drop()
    .catch(() => undefined)
  await db.command({ profile: 2 })
  ok(await (await app.signIn(username)).get(path))
  await db.command({ profile: 0 })
  const rows = await db
    .collection<Profile>('system.profile')
    .find({ ns: { $regex: /\.knowledge/ } })
    .toArray()
  expect(rows.length).toBeGreaterThan(0)
  return rows
}

describe('四千条知识', () => {
  it.each([
    ['agent1', '/api/knowledge/search?q=供暖怎么办理', 4_100],
    ['agent1', '/api/knowledge/search?q=驾照第1239号事项', 4_100],
    ['agent1', '/api/knowledge/search', 40],
    ['agent1', '/api/knowledge/search?matterCode=080501', 4_100],
    ['agent1', '/api/knowledge/articles', 40],
    ['agent1', '/api/knowledge/articles?desk=mine', 5],
    ['agent1', '/api/knowledge/articles?q=驾照第1239号', 800],
    ['agent1', '/api/knowledge/articles?unitId=371600-SC', 1_001],
    ['agent1', '/api/knowledge/articles?matterCode=0805', 1_001],
    ['knowledge', '/api/knowledge/articles?desk=review', 5],
    ['knowledge', '/api/knowledge/articles?desk=due', 10],
    ['clerk@371600-SC', '/api/knowledge/articles?desk=due', 10],
    ['knowledge', '/api/knowledge/feedback', 5],
  ])('%s %s 走索引', async (username, path, most) => {
    for (const row of await profile(username, path)) {
      const plan = row.planSummary ?? ''
      expect([path, plan, plan.includes('COLLSCAN') && !row.ns.endsWith('knowledgeSettings')]).toEqual([
        path,
        plan,
        false,
      ])
      expect([path, plan, (row.docsExamined ?? 0) <= most], JSON.stringify(row.docsExamined)).toEqual([
        path,
        plan,
        true,
      ])
    }
  })

  it('四千条里，一字不差的排第一', async () => {
    const hits = await k.search('驾照第1239号事项多久能办好')
    expect(hits[0]).toMatchObject({ question: '驾照第1239号事项多久能办好？' })
  })
})
