import type { Logger } from '../../platform/logger'
import { damagedFileIn, holdsItsFiles, removePartialFile } from './parts-on-disk'

/** `unknown`: nobody could look. `damaged`: a file cannot be gone on with, and is not ours to touch. */
export type Repair = 'mended' | 'nothing' | 'damaged' | 'unknown'

/** The folder of the server that pulls; null where it is not known. Partial files are somebody else's unless it is ours. */
export type ServersFolder = { path: string; isOurs: boolean } | null

type Needs = { logger: Logger; tell: (line: string) => void }

/**
 * Takes a file of this download that Ollama could not go on with out of its way. Partial files are another server's as
 * soon as the folder is: without our own server's word for the folder, nothing is touched.
 */
export function repairDownload(
  model: string,
  folder: ServersFolder,
  digests: readonly string[],
  { logger, tell }: Needs,
): Repair {
  const leave = (why: string) => logger.warn(`nothing was removed of the damaged download of ${model}: ${why}`)
  if (folder === null || digests.length === 0) {
    leave(`${folder === null ? 'the folder of its server' : 'the digests of its files'} is not known`)
    return 'unknown'
  }
  const { path, isOurs } = folder
  const digest = damagedFileIn(path, digests)
  if (digest === null) return 'nothing'
  if (!isOurs || !holdsItsFiles(path)) {
    leave(isOurs ? `its files lie outside ${path}` : `Corral did not start the server of ${path}`)
    return 'damaged'
  }
  try {
    removePartialFile(path, digest)
    tell(`${model}: what had arrived of ${digest} was damaged and was removed from ${path}; it is fetched anew`)
    return 'mended'
  } catch (error) {
    logger.warn('a damaged part of a download could not be removed', error)
    return 'damaged'
  }
}
