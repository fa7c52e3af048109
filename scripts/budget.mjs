import { BUDGET, firstLoad, needlessCharts, PUBLIC_BUDGET, PUBLIC_PAGE } from './lib/bundle.mjs'
import { ensureBuilt } from './lib/build.mjs'

/** The agent's and the citizen's first load within their budgets, and no charts where none are drawn. A part of `npm run check`. */
await ensureBuilt()
const { total, parts } = await firstLoad()
const ofCitizens = await firstLoad(PUBLIC_PAGE, 'public.html')
const charts = await needlessCharts()
const kB = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(1)} kB`
console.log(
  `首次加载（gzip）：话务台 ${kB(total)}，上限 ${kB(BUDGET)}；公众端 ${kB(ofCitizens.total)}，上限 ${kB(PUBLIC_BUDGET)}`,
)
if (total > BUDGET) for (const { file, gzip } of parts.slice(0, 12)) console.log(`  ${kB(gzip)} ${file}`)
for (const line of charts) console.log(`不画图表的页面加载了 ECharts：${line}`)
if (ofCitizens.total > PUBLIC_BUDGET)
  for (const { file, gzip } of ofCitizens.parts.slice(0, 12)) console.log(`  ${kB(gzip)} ${file}`)
process.exitCode = total > BUDGET || ofCitizens.total > PUBLIC_BUDGET || charts.length > 0 ? 1 : 0
