import { isAbsolute, join } from 'node:path'
import type { Server } from '../../../shared/contract/server'
import type { LogLine } from '../../../shared/contract/server-log'
import type { ServerSettings } from '../../../shared/ollama/chosen-settings'
import { runningServer } from '../../../shared/ollama/server-powers'
import { ownModelsFolder } from './own-models-folder'

/** `isOurs`: our own running server has named it, so that its files may be touched. */
export type ModelsFolder = { path: string; isOurs: boolean }

type Facts = {
  server: Server
  /** What the running server was started with; null where it is not ours. */
  applied: ServerSettings | null
  log: { readonly lines: readonly LogLine[] }
  /** The variables of a process whose files are those of this machine; null where they may not be read. */
  environmentOf: (pid: number | null) => Record<string, string> | null
  /** Where a server that is given this folder, or none, keeps its models. */
  folderFor: (chosen: string | undefined) => string
  /** What the next start will be given. */
  saved: ServerSettings
}

/**
 * The folder in which the running server keeps its models; of none, that of the next start. Null where somebody else
 * started it and does not let its variables be read: any folder that was named then could be another server's.
 */
export function serversModelsFolder({
  server,
  applied,
  log,
  environmentOf,
  folderFor,
  saved,
}: Facts): ModelsFolder | null {
  const running = runningServer(server)
  if (!running) return { path: folderFor(saved.values.modelsFolder), isOurs: false }
  const named = ownModelsFolder(applied, log)
  if (named) return { path: named, isOurs: true }
  const told = folderIn(environmentOf(running.pid))
  if (told) return { path: told, isOurs: false }
  return running.state === 'adopted' ? null : { path: folderFor((applied ?? saved).values.modelsFolder), isOurs: false }
}

/** As Ollama reads them: blanks and quotes around a value do not count, and an empty one is none (envconfig). */
function folderIn(environment: Record<string, string> | null): string | null {
  if (!environment) return null
  const value = (name: string) => (environment[name] ?? '').trim().replace(/^["']+|["']+$/g, '')
  const home = value('HOME')
  const folder = value('OLLAMA_MODELS') || (home && join(home, '.ollama', 'models'))
  return folder && isAbsolute(folder) ? folder : null
}
