/** A small page that shows the OpenAPI document. Its own script, nothing from elsewhere: it works in an intranet. */
export const DOCS_PAGE = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>12345 热线 · 接口文档</title>
<style>
body { font: 14px/1.6 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", system-ui; margin: 0; color: #1f2329; background: #f5f6f7 }
header { padding: 16px 24px; background: #fff; border-bottom: 1px solid #dee0e3 }
h1 { font-size: 18px; margin: 0 } h2 { font-size: 15px; margin: 24px 0 8px }
main { max-width: 960px; margin: 0 auto; padding: 0 24px 48px }
details { background: #fff; border: 1px solid #dee0e3; border-radius: 6px; margin: 6px 0; padding: 8px 12px }
summary { cursor: pointer } summary b { display: inline-block; width: 58px; font-family: monospace; color: #1456f0 }
summary code { margin-right: 12px } pre { background: #f5f6f7; padding: 8px; overflow: auto; border-radius: 4px }
.lock { color: #8f959e; font-size: 12px; margin-left: 8px }
</style>
</head>
<body>
<header><h1>12345 热线 · 接口文档</h1><a href="/api/openapi.json">openapi.json</a></header>
<main id="main">正在读取…</main>
<script src="/api/docs/page.js"></script>
</body>
</html>
`

export const DOCS_SCRIPT = `const main = document.getElementById('main')
const el = (tag, text, parent) => {
  const node = document.createElement(tag)
  if (text) node.textContent = text
  parent.append(node)
  return node
}
const show = (title, value, parent) => {
  if (!value) return
  el('div', title, parent)
  el('pre', JSON.stringify(value, null, 2), parent)
}
fetch('/api/openapi.json')
  .then((response) => response.json())
  .then((doc) => {
    main.textContent = ''
    for (const { name } of doc.tags) {
      el('h2', name, main)
      for (const [path, methods] of Object.entries(doc.paths)) {
        for (const [method, operation] of Object.entries(methods)) {
          if (!operation.tags.includes(name)) continue
          const box = el('details', '', main)
          const head = el('summary', '', box)
          el('b', method.toUpperCase(), head)
          el('code', path, head)
          el('span', operation.summary, head)
          el('span', operation.security.length ? '需登录' : '公开', head).className = 'lock'
          if (operation.description) el('p', operation.description, box)
          show('参数', operation.parameters, box)
          show('请求体', operation.requestBody?.content['application/json'].schema, box)
          for (const [status, answer] of Object.entries(operation.responses)) {
            if (status !== 'default') show('响应 ' + status, answer.content?.['application/json'].schema ?? {}, box)
          }
        }
      }
    }
  })
  .catch(() => { main.textContent = '接口文档读取失败，请刷新重试' })
`
