import { z } from 'zod'
import { required } from '../ticket/commandInputs'

/** 公告: what the hotline tells everybody on its public pages. */
export const CityNoticeInput = z.strictObject({
  title: required('标题', 60),
  text: required('内容', 2_000),
  /** Its last day. */
  until: z.iso.date('请选择日期').optional(),
})
export type CityNoticeInput = z.output<typeof CityNoticeInput>

/** As everybody reads it. */
export const CityNotice = z.object({ id: z.string(), title: z.string(), text: z.string(), at: z.iso.datetime() })
export type CityNotice = z.output<typeof CityNotice>

/** As whoever writes them does. */
export const CityNoticeView = CityNotice.extend({
  until: z.iso.date().optional(),
  byName: z.string(),
  state: z.enum(['shown', 'ended', 'withdrawn']),
})
export type CityNoticeView = z.output<typeof CityNoticeView>
export const CITY_NOTICE_STATES = { shown: '正在显示', ended: '已到期', withdrawn: '已撤下' } as const
