import { describe, expect, it } from 'vitest'
import { objectionTo, roomFor } from './chosen'

const MB = 1024 * 1024

describe('选中的文件', () => {
  it('种类、大小不对的，不用上传就说', () => {
    expect(objectionTo({ name: 'a.jpg', type: 'image/jpeg', size: MB })).toBeUndefined()
    expect(objectionTo({ name: '报告.DOCX', type: '', size: MB })).toBeUndefined()
    expect(objectionTo({ name: 'IMG', type: '', size: MB })).toBeUndefined()
    expect(objectionTo({ name: 'a.exe', type: 'application/x-msdownload', size: MB })).toContain('不能上传这种文件')
    expect(objectionTo({ name: 'a.png', type: 'image/png', size: 30 * MB })).toBe(
      '图片不能超过 20 MB（这个文件 30 MB）',
    )
    expect(objectionTo({ name: 'a.png', type: 'image/png', size: 0 })).toBe('文件是空的，请重新选择')
  })

  it('iPhone 的 HEIC 照片，说清怎样改；公众只能传照片', () => {
    expect(objectionTo({ name: 'IMG_0001.HEIC', type: 'image/heic', size: MB })).toContain('兼容性最佳')
    expect(objectionTo({ name: '合同.pdf', type: 'application/pdf', size: MB }, true)).toContain('只能上传照片')
    expect(objectionTo({ name: 'a.jpg', type: 'image/jpeg', size: 8 * MB }, true)).toBeUndefined()
    expect(roomFor(5, [1, 2], 6).note).toBe('最多 6 个附件，多选的 1 个没有加上')
  })

  it('只收到九个为止，多的说明没有加上', () => {
    expect(roomFor(0, [1, 2])).toEqual({ taken: [1, 2], note: undefined })
    expect(roomFor(7, [1, 2, 3])).toEqual({ taken: [1, 2], note: '最多 9 个附件，多选的 1 个没有加上' })
  })
})
