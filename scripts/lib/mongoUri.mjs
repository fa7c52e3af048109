import { withClient } from './driver.mjs'
import { problem } from './problem.mjs'

/** For the screen: without the password. @param {string} uri */
export const withoutPassword = (uri) => uri.replace(/\/\/([^/@]*)@/, '//***@')

/**
 * Refuses a database that does not answer or that is no replica set (transactions and change streams need one).
 * @param {string} uri
 */
export async function assertReplicaSet(uri) {
  const shown = withoutPassword(uri)
  if (!/^mongodb(\+srv)?:\/\//.test(uri))
    throw problem('MONGODB_URI 必须以 mongodb:// 开头。', 'MONGODB_URI must begin with mongodb://.')
  let hello
  try {
    hello = await withClient(uri, (client) => client.db('admin').command({ hello: 1 }))
  } catch (error) {
    throw problem(
      `无法连接 MONGODB_URI ${shown}：${withoutPassword(String(error.message)).slice(0, 200)}。`,
      'MONGODB_URI is unreachable: check the address, the network and the password.',
      error,
    )
  }
  if (!hello.setName && hello.msg !== 'isdbgrid')
    throw problem(
      `MONGODB_URI ${shown} 不是副本集，请以 --replSet 启动 MongoDB 并执行 rs.initiate()。`,
      'MONGODB_URI is no replica set: start MongoDB with --replSet and run rs.initiate().',
    )
}
