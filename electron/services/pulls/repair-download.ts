import type { Logger } from '../../platform/logger'
import { holdsItsFiles, removeDamagedFile } from './damaged-parts'

/** `unknown`: not enough is known to touch anything. */
export type Repair = 'mended' | 'nothing' | 'unknown'

type Needs = { logger: Logger; tell: (line: string) => void }

/**
 * Takes a file of this download that Ollama could not go on with out of its way. Partial files are another server's as
 * soon as the folder is: without our own server's word for the folder (else null), nothing is touched.
 */
export function repairDownload(
  model: string,
  folder: string | null,
  digests: readonly string[],
  { logger, tell }: Needs,
): Repair {
  if (folder === null || digests.length === 0) {
    const missing = folder === null ? 'the folder of its server' : 'the digests of its files'
    logger.warn(`nothing was removed of the damaged download of ${model}: ${missing} is not known`)
    return 'unknown'
  }
  if (!holdsItsFiles(folder)) {
    logger.warn(`nothing was removed of the damaged download of ${model}: its files lie outside ${folder}`)
    return 'unknown'
  }
  try {
    const digest = removeDamagedFile(folder, digests)
    if (digest === null) return 'nothing'
    tell(`${model}: what had arrived of ${digest} was damaged and was removed from ${folder}; it is fetched anew`)
    return 'mended'
  } catch (error) {
    logger.warn('a damaged part of a download could not be removed', error)
    return 'unknown'
  }
}
