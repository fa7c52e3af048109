/** A day's duties as a hotline lists them. */
export const DUTIES = [
  { post: 'leader', name: '卢振华', title: '市政府副秘书长', phone: '0543-3160001' },
  { post: 'section', section: '住建城管', name: '韩志勇', title: '市住建局副局长', phone: '0543-3160102' },
  { post: 'section', section: '交通运输', name: '曲建伟', title: '市交通运输局副局长', phone: '0543-3160103' },
  { post: 'section', section: '民生供热', name: '孟祥瑞', title: '市公用事业中心主任', phone: '0543-3160104' },
  { post: 'patrol', name: '董佳怡', title: '热线中心副主任', from: '08:30', to: '20:30' },
  { post: 'shift', name: '宋少华', title: '话务组班长', from: '08:00', to: '20:00' },
  { post: 'shift', name: '高雪梅', title: '话务组副班长', from: '20:00', to: '08:00' },
] as const

/** For the public page. */
export const NOTICES: readonly (readonly [title: string, text: string])[] = [
  [
    '彭李街道部分小区临时停水的公告',
    '因供水主管道检修，11 月 23 日 8 时至 18 时，渤海十八路以西、黄河五路以南小区停水，请提前储水，恢复时间以现场为准。',
  ],
  ['冬季供暖温度投诉办理说明', '室温低于 18 ℃ 可拨打 12345 或在本页提交，供热企业 24 小时内上门测温并出具记录。'],
]
