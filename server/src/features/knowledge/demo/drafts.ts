import type { SeedArticle } from './seedArticle'

export interface SeedDraft extends SeedArticle {
  status: 'draft' | 'review' | 'sentBack'
  /** The demo account that writes it. */
  author: string
  note: string
  opinion?: string
}

/** What is being written in the demo: one in each state. */
export const DRAFTS: readonly SeedDraft[] = [
  {
    question: '八十岁以上老人的高龄津贴怎么申请？',
    phrasings: ['高龄补贴怎么领', '老人八十了有没有补助'],
    keywords: ['高龄津贴', '高龄补贴', '老人'],
    answer: [
      '具有本市户籍、年满 80 周岁的老年人，由本人或者家属带身份证、户口簿、银行卡到户籍所在地村（社区）申请，也可以在“爱山东”办理。',
      '乡镇（街道）受理初审，县级民政部门确认后，从年满 80 周岁的次月起按月发放。具体标准以各县（市、区）公布为准。',
    ],
    basis: '《中华人民共和国老年人权益保障法》；《山东省老年人权益保障条例》',
    unit: 'MZ',
    matterCodes: ['120202'],
    status: 'review',
    author: 'clerk@371600-MZ',
    note: '近两周热线咨询较多，补充口径',
  },
  {
    question: '遛狗要不要拴绳，狗咬了人怎么办？',
    phrasings: ['邻居遛狗不牵绳', '被狗咬了找谁赔'],
    keywords: ['遛狗', '犬', '狗咬'],
    answer: [
      '携带犬只出户的，应当按照规定佩戴犬牌并采取系犬绳等措施，防止犬只伤人、疫病传播；饲养犬只的单位和个人应当按规定定期免疫接种狂犬病疫苗。',
      '被咬伤的先就医冲洗伤口、接种疫苗，保留票据；协商不成可以报警 110 或者起诉。',
    ],
    basis: '《中华人民共和国动物防疫法》；《中华人民共和国民法典》',
    unit: 'GA',
    matterCodes: ['050501', '050502'],
    status: 'sentBack',
    author: 'agent2',
    note: '晚间来电常问',
    opinion: '请补充主城区限养区的范围和办证地点，并与市公安局核对后再送审。',
  },
  {
    question: '春节期间哪里可以放烟花爆竹？',
    phrasings: ['今年让放鞭炮吗', '禁放区域有哪些'],
    keywords: ['烟花', '爆竹', '鞭炮', '禁放'],
    answer: ['等待市公安局公布今年的区域和时段后补充。'],
    basis: '《烟花爆竹安全管理条例》',
    unit: 'GA',
    matterCodes: ['050603'],
    status: 'draft',
    author: 'knowledge',
    note: '年前必答，先列提纲',
  },
]
