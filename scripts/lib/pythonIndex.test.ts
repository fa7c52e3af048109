import { describe, expect, it } from 'vitest'
import { chooseIndexes, findFileUrl, parsePipConfig } from './pythonIndex.mjs'

const file = 'fiftyone_db-0.4.0-py3-none-any.whl'

describe('pip 的配置', () => {
  const config =
    '[global]\nindex-url = https://a.example/simple\ncert=/etc/ca.pem\n# note\n[install]\nindex-url=https://no/\n'

  it('读出全局的软件源，不理会其他命令的', () =>
    expect(parsePipConfig(config)['index-url']).toBe('https://a.example/simple'))

  it('download 一节优先，续行合并', () => {
    const text =
      '[global]\nextra_index_url =\n  https://b/simple\n  https://c/simple\n[download]\nindex-url: https://d/simple'
    expect(chooseIndexes({}, [text])).toEqual(['https://d/simple', 'https://b/simple', 'https://c/simple'])
  })

  it('环境变量先于文件，近的文件先于远的，都没有就用 PyPI', () => {
    expect(chooseIndexes({ PIP_INDEX_URL: 'https://env/simple' }, [config])).toEqual(['https://env/simple'])
    expect(chooseIndexes({}, ['', config])).toEqual(['https://a.example/simple'])
    expect(chooseIndexes({}, [])).toEqual(['https://pypi.org/simple/'])
  })
})

describe('软件源的页面', () => {
  it('HTML(PEP 503)：相对地址，去掉校验和', () => {
    const page = `<a href="../other.whl">other.whl</a>\n<a href="../../p/${file}#sha256=ab" data-requires-python="&gt;=3.7">${file}</a>`
    expect(findFileUrl(page, 'https://m.example/simple/pkg/', file)).toBe(`https://m.example/p/${file}`)
  })

  it('JSON(PEP 691)', () => {
    const page = JSON.stringify({ files: [{ filename: file, url: `https://files.example/${file}`, hashes: {} }] })
    expect(findFileUrl(page, 'https://m.example/simple/pkg/', file)).toBe(`https://files.example/${file}`)
  })

  it('没有这个文件', () => expect(findFileUrl('<html></html>', 'https://m.example/', file)).toBeUndefined())
})
