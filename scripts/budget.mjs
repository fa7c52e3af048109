import { BUDGET, firstLoad, needlessCharts } from './lib/bundle.mjs'
import { ensureBuilt } from './lib/build.mjs'

/** The agent's first load within its budget, and no charts where none are drawn. A part of `npm run check`. */
await ensureBuilt()
const { total, parts } = await firstLoad()
const charts = await needlessCharts()
const kB = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(1)} kB`
console.log(`话务台首次加载 ${kB(total)}（gzip），上限 ${kB(BUDGET)}`)
if (total > BUDGET) for (const { file, gzip } of parts.slice(0, 12)) console.log(`  ${kB(gzip)} ${file}`)
for (const line of charts) console.log(`不画图表的页面加载了 ECharts：${line}`)
process.exitCode = total > BUDGET || charts.length > 0 ? 1 : 0
