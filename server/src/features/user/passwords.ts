import { AppError } from '@hotline/shared/error'
import { passwordProblems } from '@hotline/shared/user/password'
import { hash, verify } from '@node-rs/argon2'

/** Argon2id with the parameters that OWASP names: 19 MiB, two passes, one lane. */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** A hash of nobody's password: checking against it takes as long as checking a real one. */
let dummyHash: Promise<string> | undefined

export function hashPassword(password: string): Promise<string> {
  return hash(password, OPTIONS)
}

/** Takes the same time whether or not there is an account. */
export async function verifyPassword(passwordHash: string | undefined, password: string): Promise<boolean> {
  dummyHash ??= hashPassword('nobody has this password')
  const isRight = await verify(passwordHash ?? (await dummyHash), password).catch(() => false)
  return isRight && passwordHash !== undefined
}

/** @throws AppError invalidInput with every reason */
export function assertGoodPassword(
  password: string,
  username: string,
  { path = 'password', current }: { path?: string; current?: string } = {},
): void {
  const problems = passwordProblems(password, username, current)
  if (problems.length > 0) {
    throw new AppError('invalidInput', problems.join('；'), { fields: problems.map((message) => ({ path, message })) })
  }
}
