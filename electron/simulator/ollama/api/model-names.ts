import { sendNothing } from '../../http/replies'
import { ServerError } from '../manners/server-error'
import { isOldStyle } from '../manners/version-style'
import { parseModelName } from '../models/model-name'
import type { Call } from './call'
import { nameIn } from './request-body'
import type { Simulated } from './simulated-server'

export function copy({ store }: Simulated, { body, response }: Call): void {
  const source = String(body.source ?? '')
  const destination = String(body.destination ?? '')
  if (!parseModelName(source)) throw new ServerError(400, `source "${source}" is invalid`)
  const name = parseModelName(destination)
  if (!name) throw new ServerError(400, `destination "${destination}" is invalid`)
  const stored = store.find(source)
  if (!stored) throw new ServerError(404, `model "${source}" not found`)
  store.write(name, stored.manifest)
  sendNothing(response, 200)
}

export function remove({ store, configuration }: Simulated, { body, response }: Call): void {
  const name = nameIn(body)
  if (name === '' && !isOldStyle(configuration.version)) throw new ServerError(400, 'model is required')
  if (!parseModelName(name)) throw new ServerError(400, `name "${name}" is invalid`)
  const stored = store.find(name)
  if (!stored) throw new ServerError(404, `model '${name}' not found`)
  store.remove(stored)
  sendNothing(response, 200)
}
