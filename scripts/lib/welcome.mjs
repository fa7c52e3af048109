import { detail, step } from './say.mjs'

/**
 * What the person needs who has just started it.
 * @param {import('./server.mjs').Ready} ready
 * @param {{ mongodbUri: string, dataDir: string, logFile: string, isEmbedded: boolean }} facts
 */
export function welcome({ address, demoAccounts = [] }, { mongodbUri, dataDir, logFile, isEmbedded }) {
  step(`就绪 Ready: ${address}`)
  const lines = []
  if (demoAccounts.length) {
    const rows = demoAccounts.map(({ role, roleLabel, name, username, password }) => [
      `${roleLabel} ${role}`,
      name,
      username,
      password,
    ])
    const heading = ['角色 Role', '姓名 Name', '账号 Username', '密码 Password']
    lines.push('', '演示账号 Demo accounts', ...columns([heading, ...rows]).map((row) => `  ${row}`))
  }
  lines.push('', `数据 Data: ${dataDir}`, `日志 Log:  ${logFile}`)
  if (isEmbedded)
    lines.push(`MONGODB_URI=${mongodbUri}`, '再开一个服务进程 A second server process: PORT=… MONGODB_URI=… npm start')
  lines.push('按 Ctrl-C 停止 Ctrl-C stops everything')
  for (const line of lines) detail(line)
}

/**
 * Rows as lines with aligned columns; a Chinese character is two wide.
 * @param {string[][]} rows
 */
export function columns(rows) {
  const width = (/** @type {string} */ text) => [...text].reduce((sum, char) => sum + (char > '\u2e80' ? 2 : 1), 0)
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => width(row[column] ?? ''))))
  const pad = (/** @type {string} */ text, /** @type {number} */ to) => text + ' '.repeat(to - width(text))
  return rows.map((row) =>
    row
      .map((text, column) => pad(text, widths[column]))
      .join('  ')
      .trimEnd(),
  )
}
