import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Pull } from '../../../shared/contract/pulls'
import { openDatabase } from '../../platform/database'
import { redact } from '../../platform/redact'
import { Watched } from '../../platform/watched'
import type { ServerAddress } from '../../wire/server-address'
import { Sockets } from '../../wire/sockets'
import { listBackends } from '../backends/backends'
import { pullMigrations } from './pull-migrations'
import { Pulls } from './pulls'
import type { RegistryManifest } from './registry-manifest'
import type { ServersFolder } from './repair-download'

const silent = { info() {}, warn() {}, error() {} }

type Known = { manifest?: RegistryManifest; modelsFolder?: ServersFolder }

/** A queue on a real database, against whatever a test lets answer at the server's address. */
export async function pullsAgainst(listener: RequestListener, known: Known = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'corral-pulls-'))
  const stand = createServer(listener).listen(0, '127.0.0.1')
  await once(stand, 'listening')
  const baseUrl = `http://127.0.0.1:${(stand.address() as AddressInfo).port}`
  const server = new Watched<ServerAddress>({ baseUrl, version: null, isSimulated: false })
  const database = openDatabase(join(folder, 'corral.db'), pullMigrations)
  const told: string[] = []
  const sockets = new Sockets()
  const pulls = new Pulls({
    backends: listBackends(server),
    sockets,
    database,
    logger: silent,
    redact,
    onPulled: () => {},
    modelsFolder: () => known.modelsFolder ?? null,
    tell: (line) => told.push(line),
    manifest: async () => known.manifest ?? null,
  })
  pulls.open()
  return {
    pulls,
    server,
    folder,
    told,
    database,
    async until(holds: (pull: Pull) => boolean): Promise<Pull> {
      const list = await pulls.state.until(([pull]) => pull !== undefined && holds(pull), AbortSignal.timeout(15_000))
      return list[0] as Pull
    },
    async close() {
      await pulls.close()
      await sockets.close()
      database.close()
      stand.closeAllConnections()
      stand.close()
      await once(stand, 'close')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
