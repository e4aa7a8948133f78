import type { Database } from '../platform/database'
import type { Logger } from '../platform/logger'
import type { Opened } from '../platform/opened'
import type { Paths } from '../platform/paths'
import type { Redact, Redactor } from '../platform/redactor'
import type { Secrets } from '../platform/secrets'
import type { Children } from '../process/children'
import type { Sockets } from '../wire/sockets'

/** What all parts stand on: open before the first of them, closed after the last. */
export type Ground = {
  paths: Paths
  database: Database
  children: Children
  /** To whatever answers over HTTP. */
  sockets: Sockets
  logger: Logger
  redactor: Redactor
  redact: Redact
  secrets: Secrets
  /** Each part adds its end as soon as it is open. */
  opened: Opened
}
