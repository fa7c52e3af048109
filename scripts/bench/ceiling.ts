import express from 'express'
import { MongoClient } from 'mongodb'

/** The bare thing: Express and the driver, one insert of the document that a registration writes, same durability. */
async function main(): Promise<void> {
  const client = await MongoClient.connect(process.env.MONGODB_URI ?? '', { ignoreUndefined: true, maxPoolSize: 64 })
  const collection = client.db().collection('ceiling', { writeConcern: { w: 'majority', journal: true } })
  const template = await client.db().collection('tickets').findOne({ no: process.env.TEMPLATE_NO })
  if (!template) throw new Error('no document to copy')
  const { _id: _, ...document } = template
  const app = express()
  app.use(express.json())
  app.post('/', async (req, res) => {
    const { insertedId } = await collection.insertOne({
      ...document,
      note: (req.body as { detail: string }).detail.length,
    })
    res.status(201).json({ id: insertedId })
  })
  const server = app.listen(0, '127.0.0.1', () => {
    const address = server.address()
    process.send?.({ type: 'ready', port: typeof address === 'object' ? address?.port : 0 })
  })
  process.on('disconnect', () => process.exit(0))
}

await main()
