import { ServerError } from '../manners/server-error'
import { isOldStyle } from '../manners/version-style'
import { PullRefused } from '../models/library'
import { parseModelName } from '../models/model-name'
import type { Progress } from '../models/pull'
import type { Call } from './call'
import { lineStream, sendJson } from './json-replies'
import { nameIn } from './request-body'
import type { Simulated } from './simulated-server'

const plainJson = 'application/json'

/** Errors come as a line of the stream, after 200; who wants no stream gets them with a 500. */
export async function pull(simulated: Simulated, { body, response, signal }: Call): Promise<void> {
  const name = parseModelName(nameIn(body))
  if (!name) throw new ServerError(400, 'invalid model name')
  const streams = body.stream !== false
  const stream = lineStream(response)
  const tell = (record: Progress) => {
    if (streams) stream.line(record)
  }
  try {
    await simulated.puller.pull(name, body.insecure === true, tell, signal)
  } catch (error) {
    if (!(error instanceof PullRefused)) throw error
    if (!streams) return sendJson(response, 500, { error: error.message }, plainJson)
    stream.line({ error: error.message })
    return stream.end()
  }
  if (signal.aborted) return
  if (!streams) return sendJson(response, 200, { status: 'success' }, plainJson)
  stream.line({ status: 'success' })
  stream.end()
}

/** Nothing can be pushed from here: every registry is out of reach. */
export function push({ store, configuration }: Simulated, { body, response }: Call): void {
  const text = nameIn(body)
  const name = parseModelName(text)
  if (!name) {
    throw new ServerError(
      400,
      text === '' || !isOldStyle(configuration.version) ? 'model is required' : 'invalid model name',
    )
  }
  const stored = store.find(text)
  const scheme = body.insecure === true ? 'http' : 'https'
  const place = `${scheme}://${name.host}/v2/${name.namespace}/${name.model}`
  const isLocal = /^(127\.|localhost)/.test(name.host)
  const problem = isLocal
    ? `dial tcp ${name.host}: connect: connection refused`
    : `dial tcp: lookup ${name.host.replace(/:\d+$/, '')}: no such host`
  const records = stored
    ? [{ error: `Head "${place}/blobs/${stored.manifest.layers[0]?.digest}": ${problem}` }]
    : [
        { status: "couldn't retrieve manifest" },
        { error: `open ${store.manifestFile(name)}: no such file or directory` },
      ]
  if (body.stream === false) {
    sendJson(response, 500, records.at(-1), plainJson)
    return
  }
  const stream = lineStream(response)
  stream.line({ status: 'retrieving manifest' })
  for (const record of records) stream.line(record)
  stream.end()
}
