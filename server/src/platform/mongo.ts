import { setTimeout as pause } from 'node:timers/promises'
import { AppError } from '@hotline/shared/error'
import mongoose, { Schema, type Connection, type Model, type SchemaDefinition } from 'mongoose'
import type { Logger } from './log'

export type Db = mongoose.mongo.Db
/** Of a transaction; `platform/outbox` opens it. */
export type Session = mongoose.mongo.ClientSession
export type Collection<T extends mongoose.mongo.Document> = mongoose.mongo.Collection<T>
export type { Model } from 'mongoose'
/** Type of a free-form field; what it holds has passed its own zod schema before it comes here. */
export const Mixed = Schema.Types.Mixed

export interface Database {
  db: Db
  client: mongoose.mongo.MongoClient
  /** A model whose unknown keys throw, in documents and in filters; indexes come from migrations only. */
  model<T>(name: string, collection: string, definition: SchemaDefinition): Model<T>
  ping(): Promise<void>
  close(): Promise<void>
}

const DEFAULT_DB = 'hotline'
const PING_MS = 2000

/**
 * Connects and makes sure that this is a replica set: change streams and majority writes need one.
 * @throws AppError unavailable, a sentence fit for the terminal
 */
export async function connectMongo(uri: string, logger: Logger): Promise<Database> {
  const connection = await open(uri)
  const { db } = connection
  if (!db) throw new AppError('unavailable', '数据库连接没有建立')
  const hello = (await db.admin().command({ hello: 1 })) as { setName?: string }
  if (!hello.setName) {
    await connection.close()
    throw new AppError('unavailable', 'MONGODB_URI 指向的 MongoDB 不是副本集；请以 --replSet 启动并执行 rs.initiate()')
  }
  connection.on('error', (error: Error) => logger.warn({ err: error }, '数据库连接出错'))
  return {
    db,
    client: connection.getClient(),
    model: <T>(name: string, collection: string, definition: SchemaDefinition) =>
      connection.model(name, createSchema(definition), collection) as unknown as Model<T>,
    ping: async () => {
      // The driver itself would wait for a primary much longer than whoever asks for readiness.
      const late = pause(PING_MS, undefined, { ref: false }).then(() => {
        throw new AppError('unavailable', '数据库没有应答', { retryAfter: 2 })
      })
      await Promise.race([db.admin().command({ ping: 1 }), late])
    },
    close: () => connection.close(),
  }
}

async function open(uri: string): Promise<Connection> {
  try {
    return await mongoose
      .createConnection(uri, {
        ...(hasDbName(uri) ? {} : { dbName: DEFAULT_DB }),
        autoIndex: false,
        autoCreate: false,
        writeConcern: { w: 'majority', journal: true },
        ignoreUndefined: true,
        serverSelectionTimeoutMS: 8000,
        maxPoolSize: 64,
        appName: 'hotline',
      })
      .asPromise()
  } catch (cause) {
    throw new AppError('unavailable', `连不上数据库（MONGODB_URI）：${(cause as Error).message}`, undefined, { cause })
  }
}

function hasDbName(uri: string): boolean {
  return /^mongodb(?:\+srv)?:\/\/[^/]+\/[^?]+/.test(uri)
}

function createSchema(definition: SchemaDefinition): Schema {
  return new Schema(definition, {
    strict: 'throw',
    strictQuery: 'throw',
    autoIndex: false,
    autoCreate: false,
    versionKey: false,
    minimize: false,
    id: false,
  })
}

/** E11000: somebody else was first. Of many writes at once: no other reason stands among the failures. */
export function isDuplicate(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof mongoose.mongo.MongoBulkWriteError) {
    const failures = [error.writeErrors].flat()
    if (failures.length > 0) return failures.every(({ code }) => code === 11_000)
  }
  return (error as { code?: unknown }).code === 11_000
}

/** A read may take so long, and no longer: a careless filter must not hold the database for everybody. */
export const READ_LIMIT = { maxTimeMS: 15_000 } as const

export function isTooSlow(error: unknown): boolean {
  return error instanceof Error && (error as { code?: unknown }).code === 50
}

/** The document would pass 16 MB. */
export function isTooLarge(error: unknown): boolean {
  const code = (error as { code?: unknown } | undefined)?.code
  return error instanceof Error && (code === 10_334 || code === 17_419)
}

/** A primary that is stepping down, shutting down, or not one any more. */
const ELECTING = new Set([91, 189, 10_058, 10_107, 11_600, 11_602, 13_435, 13_436])

/** The driver lets these through as they are when it writes to a socket that the other side has just closed. */
const BROKEN_SOCKET = new Set(['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED'])

/** The database is away or electing: trying again later makes sense. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return (
    error instanceof mongoose.mongo.MongoNetworkError ||
    error instanceof mongoose.mongo.MongoServerSelectionError ||
    error instanceof mongoose.mongo.MongoNotConnectedError ||
    error instanceof mongoose.mongo.MongoTopologyClosedError ||
    // A transaction that did not come to its end in time.
    error instanceof mongoose.mongo.MongoOperationTimeoutError ||
    error instanceof mongoose.Error.MongooseServerSelectionError ||
    BROKEN_SOCKET.has(String((error as { code?: unknown }).code)) ||
    // Many writes at once wrap what went wrong with the connection.
    (error instanceof mongoose.mongo.MongoBulkWriteError && isOutage(error.errorResponse)) ||
    (error instanceof mongoose.mongo.MongoError &&
      (error.hasErrorLabel('RetryableWriteError') || ELECTING.has(Number(error.code)))) ||
    // A model waits for a connection that does not come back.
    (error instanceof mongoose.Error && error.message.includes('buffering timed out'))
  )
}

/** A value that the schema cannot hold, such as a malformed id in a path. */
export function isCastFailure(error: unknown): boolean {
  return error instanceof mongoose.Error.CastError || error instanceof mongoose.mongo.BSON.BSONError
}
