import { describe, expect, it } from 'vitest'
import { compareReleases, explainPreflight, parseVersion, whyNot } from './version.mjs'

const written = (version: string, compatibility: string) => ({ version, compatibility })

describe('mongod 能否读取数据目录', () => {
  it.each([
    ['新目录，任何受支持的版本', '6.0.5', undefined],
    ['同一版本', '6.0.5', written('6.0.5', '6.0')],
    ['同一大版本的更新修订', '6.0.20', written('6.0.5', '6.0')],
    ['下一个大版本', '7.0.3', written('6.0.5', '6.0')],
    ['同年的中间版本', '8.2.6', written('8.0.1', '8.0')],
    ['5.0 接 4.4', '5.0.9', written('4.4.1', '4.4')],
  ])('%s：可以', (_, version, folder) => expect(whyNot(version, folder)).toBeUndefined())

  it.each([
    ['比写入者旧', '6.0.5', written('7.0.3', '6.0'), '旧'],
    ['跨两个大版本', '8.0.4', written('6.0.5', '6.0'), '逐个大版本'],
    ['格式仍停在前一版，再升一级也不行', '8.0.4', written('7.0.3', '6.0'), '逐个大版本'],
    ['中间版本不接上一年', '8.2.6', written('7.0.3', '7.0'), '逐个大版本'],
    ['太旧', '4.2.24', undefined, '太旧'],
  ])('%s：拒绝', (_, version, folder, word) => expect(whyNot(version, folder)).toContain(word))

  it('按版本号而不是按文字比较', () => {
    expect(compareReleases('10.0', '8.2')).toBeGreaterThan(0)
    expect(compareReleases('6.0.20', '6.0.5')).toBe(0)
  })
})

describe('mongod --version 的结果', () => {
  it('读出版本', () => {
    expect(parseVersion('db version v6.0.5\nBuild Info: {}')).toBe('6.0.5')
    expect(parseVersion('command not found')).toBeUndefined()
  })

  it('缺少系统库时说出要装的软件包', () => {
    const said = './mongod: error while loading shared libraries: libcurl.so.4: cannot open shared object file: …'
    expect(explainPreflight(said)).toContain('libcurl.so.4，请执行 apt-get install -y libcurl4')
    expect(explainPreflight('error while loading shared libraries: libodd.so.9: cannot')).toContain('libodd.so.9')
  })

  it('C 库太旧时说出需要的版本', () =>
    expect(
      explainPreflight("./mongod: /lib/libc.so.6: version `GLIBC_2.34' not found (required by ./mongod)"),
    ).toContain('GLIBC_2.34'))
})
