import { z } from 'zod'
import { normalizePhone } from '../user/masking'

/** 值班电话: rung when an urgent ticket comes outside office hours; empty: none any more. */
export const DutyPhoneInput = z.strictObject({
  phone: z
    .string({ error: '请填写值班电话' })
    .trim()
    .max(40, '值班电话不能超过 40 字')
    .refine((number) => number === '' || normalizePhone(number).length >= 3, '值班电话格式不正确'),
})

export const DutyPhoneView = z.object({ phone: z.string().optional() })
export type DutyPhoneView = z.infer<typeof DutyPhoneView>
