export const PASSWORD_MIN = 10
export const PASSWORD_MAX = 128

/** What a field for a password asks for; `passwordProblems` says what is missing. */
export const PASSWORD_HINT = `至少 ${PASSWORD_MIN} 位；大写、小写、数字、符号有三类；不含账号`

/**
 * What keeps a password from being accepted, in Chinese; an empty list means that it is good.
 * @param current the one in whose place it is to come
 */
export function passwordProblems(password: string, username = '', current?: string): string[] {
  const problems: string[] = []
  if (password.length < PASSWORD_MIN) problems.push(`密码至少 ${PASSWORD_MIN} 位`)
  if (password.length > PASSWORD_MAX) problems.push(`密码最多 ${PASSWORD_MAX} 位`)
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password)).length
  if (kinds < 3) problems.push('密码须包含大写字母、小写字母、数字、符号中的至少三类')
  const account = username.split('@')[0]?.toLowerCase() ?? ''
  if (account.length >= 3 && password.toLowerCase().includes(account)) problems.push('密码不得包含账号')
  if (/(.)\1{3,}/.test(password)) problems.push('密码不得有四个以上相同的连续字符')
  if (password !== '' && password === current) problems.push('新密码不能与当前密码相同')
  return problems
}
