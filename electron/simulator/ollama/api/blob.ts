import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { sendNothing } from '../../http/replies'
import { sendJson } from './json-replies'
import type { Simulated } from './simulated-server'

/** Whether a blob is there, or a new one: its bytes are counted and checked, but not kept. */
export async function blob(
  { store }: Simulated,
  digest: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!/^sha256[:-][0-9a-fA-F]{64}$/.test(digest)) return sendJson(response, 400, { error: 'invalid digest format' })
  const isThere = store.blobs.has(digest)
  if (request.method === 'HEAD') {
    if (!isThere) return sendJson(response, 404, { error: `blob ${JSON.stringify(digest)} not found` })
    response.writeHead(200)
    return void response.end()
  }
  const hash = createHash('sha256')
  let sizeBytes = 0
  for await (const piece of request) {
    hash.update(piece as Buffer)
    sizeBytes += (piece as Buffer).length
  }
  if (isThere) return sendNothing(response, 200)
  const got = `sha256:${hash.digest('hex')}`
  if (got !== digest.replace('-', ':')) {
    return sendJson(response, 400, {
      error: `digest mismatch, expected ${JSON.stringify(digest)}, got ${JSON.stringify(got)}`,
    })
  }
  store.blobs.write(digest, sizeBytes)
  sendNothing(response, 201)
}
