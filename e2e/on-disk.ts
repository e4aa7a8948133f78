import { join } from 'node:path'
import Database from 'libsql'

/** What lies on disk by now, which is what a host leaves that is killed this moment. */
export const onDisk = {
  answerText: (dataFolder: string) => read(dataFolder, 'SELECT text AS value FROM answer ORDER BY at_ms DESC LIMIT 1'),
  pulledBytes: (dataFolder: string) => read(dataFolder, 'SELECT completed_bytes AS value FROM pull LIMIT 1'),
}

function read(dataFolder: string, query: string): unknown {
  const database = new Database(join(dataFolder, 'corral.db'), { readonly: true })
  try {
    return (database.prepare(query).get() as { value: unknown } | undefined)?.value
  } finally {
    database.close()
  }
}
