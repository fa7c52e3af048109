import { z } from 'zod'
import { id, required } from '../ticket/commandInputs'

/** 话务接口 as a city sets it: numbers that are nobody's law are data. */
export const CALL_DEFAULTS = { wrapUpSeconds: 120, lostHours: 6 } as const

export const CallNumbers = z.strictObject({
  /** 话后整理: ends by itself after this long. */
  wrapUpSeconds: z.coerce.number('请填写话后整理时长').int('应为整数').min(10, '最短 10 秒').max(1800, '最长 1800 秒'),
  /** A call whose end the exchange never told of is closed after this long. */
  lostHours: z.coerce.number('请填写无挂断关闭时长').int('应为整数').min(1, '最短 1 小时').max(48, '最长 48 小时'),
})
export type CallNumbers = z.output<typeof CallNumbers>

/** `version`: of the settings that their author saw. */
export const SaveNumbersInput = CallNumbers.extend({ version: z.int().min(0) })

const Extension = z
  .string()
  .trim()
  .regex(/^[\w@.+-]{1,64}$/, '分机为 1–64 位数字、字母')

/** 分机: at which telephone an account sits. An account has one at the most, and no two have the same. */
export const LinesInput = z.strictObject({
  version: z.int().min(0),
  lines: z
    .array(z.strictObject({ extension: Extension, userId: id }))
    .max(3000, '分机不能超过 3000 个')
    .superRefine((lines, context) => {
      const seen = { extension: new Set<string>(), userId: new Set<string>() }
      lines.forEach((line, index) => {
        for (const key of ['extension', 'userId'] as const) {
          if (seen[key].has(line[key])) {
            const message = key === 'extension' ? `分机 ${line.extension} 给了两个人` : '同一个人给了两个分机'
            context.addIssue({ code: 'custom', path: [index, key], message })
          }
          seen[key].add(line[key])
        }
      })
    }),
})
export type LinesInput = z.output<typeof LinesInput>

export const ExchangeInput = z.strictObject({ name: required('交换机名称', 40) })

export const ExchangeView = z.object({
  id: z.string(),
  name: z.string(),
  /** The last characters of the token, to tell two apart. */
  tokenEnd: z.string(),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
  lastEventAt: z.iso.datetime().optional(),
  /** The last thing that it sent and nobody could read. */
  lastProblem: z.object({ at: z.iso.datetime(), text: z.string() }).optional(),
  revokedAt: z.iso.datetime().optional(),
  revokedBy: z.string().optional(),
})
export type ExchangeView = z.infer<typeof ExchangeView>

/** Shown once; only its hash is kept. */
export const NewExchange = ExchangeView.extend({ token: z.string(), path: z.string() })
export type NewExchange = z.infer<typeof NewExchange>

export const CallSettings = CallNumbers.extend({
  version: z.int(),
  lines: z.array(
    z.object({
      extension: z.string(),
      userId: z.string(),
      name: z.string(),
      jobNo: z.string().optional(),
      isActive: z.boolean(),
    }),
  ),
  exchanges: z.array(ExchangeView),
})
export type CallSettings = z.infer<typeof CallSettings>
