import { maskText } from '@hotline/shared/user/masking'
import { pino, stdSerializers, type DestinationStream, type Logger } from 'pino'

export type { Logger } from 'pino'

/** Contact data and secrets by the names that they have in our own objects. */
const SECRET_FIELDS = [
  'password',
  'newPassword',
  'currentPassword',
  'passwordHash',
  'accessToken',
  'refreshToken',
  'queryCode',
  'authorization',
  'cookie',
  'phone',
  'number',
  'idNumber',
  'callerName',
  'address',
]

/** JSON lines on standard output. Numbers of telephones and identity cards in an error's text are masked. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: undefined,
      redact: {
        paths: [
          ...SECRET_FIELDS,
          ...SECRET_FIELDS.map((field) => `*.${field}`),
          ...SECRET_FIELDS.map((field) => `*.*.${field}`),
          'req.headers["set-cookie"]',
        ],
        censor: '…',
      },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      serializers: {
        err: (error: Error) => {
          const { type, message, stack, ...rest } = stdSerializers.err(error)
          const code = (rest as { code?: unknown }).code
          return { type, code, message: maskText(String(message)), stack: maskText(String(stack)) }
        },
      },
    },
    ...(destination ? [destination] : []),
  )
}
