import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CorralUnderTest } from '../corral-under-test'
import { firstOf, type HostClient } from '../host-client'

/** As if the server had said it: written to the end of the file that it writes to, no more at once than is read at once. */
export async function fillLog(corral: CorralUnderTest, host: HostClient, lineCount: number) {
  const linesAtOnce = 20_000
  const line = (index: number) =>
    `time=2026-01-01T00:00:00.000Z level=INFO source=server.go:${index} msg="line ${index}" size="4.6 GiB" parallel=4`
  for (let written = 0; written < lineCount; written += linesAtOnce) {
    const lines = Array.from({ length: linesAtOnce }, (_, index) => line(written + index))
    appendFileSync(join(corral.dataFolder, 'logs', 'server.stderr.log'), `${lines.join('\n')}\n`)
    await firstOf(host.serverLog.watch(), ({ lineCount: kept }) => kept >= written + linesAtOnce)
  }
}
