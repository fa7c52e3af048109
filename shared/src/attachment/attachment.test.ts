import { describe, expect, it } from 'vitest'
import { SIZE_LIMITS, sizeText, tooLargeSentence } from './kinds'
import { safeName } from './name'
import { attachmentIdsIn } from './named'

describe('附件的文件名', () => {
  it('去掉路径、看不见的字符和引号，扩展名按内容改正', () => {
    expect(safeName('C:\\照片\\现场 1.JPEG', 'jpg')).toBe('现场 1.jpg')
    expect(safeName('../../etc/passwd', 'pdf')).toBe('passwd.pdf')
    expect(safeName('photo\u202egpj.exe', 'png')).toBe('photogpj.png')
    expect(safeName('a"b\r\nSet-Cookie: x.pdf', 'pdf')).toBe('a_bSet-Cookie_ x.pdf')
  })

  it('没有名字的叫附件，太长的截短，不切开一个字', () => {
    expect(safeName('', 'jpg')).toBe('附件.jpg')
    expect(safeName('.htaccess', 'jpg')).toBe('htaccess.jpg')
    expect(safeName(`${'𠮷'.repeat(200)}.png`, 'png')).toBe(`${'𠮷'.repeat(100)}.png`)
  })
})

describe('工单里提到的附件', () => {
  it('不论在哪一层都找得到，各一次', () => {
    const at = new Date('2026-11-20T10:00:00+08:00')
    const ticket = {
      attachmentIds: ['a'],
      newFacts: [{ at, attachmentIds: ['b', 'a'] }, { at }],
      assignments: [{ reply: { attachmentIds: ['c'] } }, {}],
    }
    expect([...attachmentIdsIn(ticket)]).toEqual(['a', 'b', 'c'])
    expect(attachmentIdsIn(undefined).size).toBe(0)
  })
})

describe('附件大小', () => {
  it('上限和实际大小都用人读得懂的单位', () => {
    expect(tooLargeSentence('image', 25.34 * 1024 * 1024)).toBe('图片不能超过 20 MB（这个文件 25.3 MB）')
    expect([sizeText(12), sizeText(2048), sizeText(SIZE_LIMITS.video)]).toEqual(['12 B', '2 KB', '100 MB'])
  })
})
