import { z } from 'zod'

/** 停用: why, and who takes over what the unit has in hand. */
export const CloseUnitInput = z.strictObject({
  reason: z.string({ error: '请填写停用理由' }).trim().min(1, '请填写停用理由').max(500, '停用理由不能超过 500 字'),
  handOverTo: z.string().max(40).optional(),
})
