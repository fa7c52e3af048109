import { z } from 'zod'
import { ACCOUNT_ROLES } from './roles'

/** What travels between browser and server about accounts. */

export const AccountRoles = z
  .array(z.enum(ACCOUNT_ROLES, { error: '没有这个角色' }))
  .min(1, '至少选一个角色')
  .max(8)
  .transform((roles) => [...new Set(roles)])

export const Username = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._@-]{2,63}$/, '账号为 3–64 位字母、数字或 . _ @ -，以字母或数字开头')

export const SignInInput = z.strictObject({
  username: z.string().trim().min(1, '请输入账号').max(64),
  password: z.string().min(1, '请输入密码').max(128),
})

/** The signed-in person. */
export const SessionUser = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  roles: z.array(z.enum(ACCOUNT_ROLES)),
  unitId: z.string(),
  unitName: z.string(),
  jobNo: z.string().optional(),
  /** 须改密码: an administrator gave the password; until it is changed everything else is refused. */
  mustChangePassword: z.boolean().optional(),
})
export type SessionUser = z.infer<typeof SessionUser>

export const SignedIn = z.object({ accessToken: z.string(), expiresAt: z.iso.datetime(), user: SessionUser })
export type SignedIn = z.infer<typeof SignedIn>

export const ChangePasswordInput = z.strictObject({
  currentPassword: z.string().min(1, '请输入当前密码').max(128),
  newPassword: z.string().min(1, '请输入新密码').max(128),
})

const Name = z.string().trim().min(1, '请输入姓名').max(20)
const JobNo = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9-]{1,20}$/, '工号为 1–20 位字母、数字')
const Phone = z.string().trim().max(20)

export const CreateUserInput = z.strictObject({
  username: Username,
  name: Name,
  roles: AccountRoles,
  unitId: z.string().min(1, '请选择单位'),
  password: z.string().min(1, '请输入密码').max(128),
  jobNo: JobNo.optional(),
  phone: Phone.optional(),
})
export type CreateUserInput = z.infer<typeof CreateUserInput>

export const UpdateUserInput = z
  .strictObject({
    name: Name.optional(),
    roles: AccountRoles.optional(),
    unitId: z.string().min(1).optional(),
    jobNo: JobNo.optional(),
    phone: Phone.optional(),
  })
  .refine((input) => Object.values(input).some((value) => value !== undefined), '没有要修改的内容')
export type UpdateUserInput = z.infer<typeof UpdateUserInput>

/** 停用: what the account still has in hand goes to a colleague of the same unit. */
export const DisableUserInput = z.strictObject({ handOverTo: z.string().max(64).optional() })

export const ResetPasswordInput = z.strictObject({ password: z.string().min(1, '请输入新密码').max(128) })

/** An account in a list or a picker. `isLocked` and `phone` (masked) are for its administrators. */
export const UserItem = SessionUser.omit({ mustChangePassword: true }).extend({
  isActive: z.boolean(),
  isLocked: z.boolean().optional(),
  phone: z.string().optional(),
})
export type UserItem = z.infer<typeof UserItem>

/** `GET /api/demo`: one account a role, where the system only shows itself. */
export const DemoAccounts = z.object({
  accounts: z.array(
    z.object({ username: z.string(), name: z.string(), role: z.enum(ACCOUNT_ROLES), roleLabel: z.string() }),
  ),
  password: z.string(),
})
export type DemoAccounts = z.infer<typeof DemoAccounts>
