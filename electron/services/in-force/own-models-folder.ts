import { isAbsolute } from 'node:path'
import type { LogLine } from '../../../shared/contract/server-log'
import type { ServerSettings } from '../../../shared/ollama/chosen-settings'
import { configurationIn, modelsFolderIn } from './configuration-line'

/**
 * The folder in which our running server keeps its models, as it wrote itself when it started; null where the server is
 * not ours, or its log does not reach back to that line. A form or an environment says only what it was meant to be.
 */
export function ownModelsFolder(
  applied: ServerSettings | null,
  log: { readonly lines: readonly LogLine[] },
): string | null {
  if (applied === null) return null
  const folder = modelsFolderIn(configurationIn(log.lines))
  return folder && isAbsolute(folder) ? folder : null
}
