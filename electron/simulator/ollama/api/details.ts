import { goDurationMs } from '../manners/go-values'
import { ServerError } from '../manners/server-error'
import type { StoredModel } from '../models/model-store'

/** What every list tells of a model's make. */
export const detailsOf = ({ manifest: { simulated } }: StoredModel, parentModel = '') => ({
  parent_model: parentModel,
  format: 'gguf',
  family: simulated.family,
  families: [simulated.family],
  parameter_size: simulated.parameterSize,
  quantization_level: simulated.quantization,
})

/** keep_alive of a request: seconds or a duration; a text without a unit is refused. */
export function readKeepAlive(value: unknown): number | null {
  if (value === undefined || value === null) return null
  if (typeof value === 'number') return goDurationMs(value)
  const text = String(value)
  if (/^-?\d+$/.test(text) && text !== '0') throw new ServerError(400, `time: missing unit in duration "${text}"`)
  const durationMs = goDurationMs(text)
  if (durationMs === null) throw new ServerError(400, `time: invalid duration "${text}"`)
  return durationMs
}
