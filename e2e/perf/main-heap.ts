import { once } from 'node:events'
import { WebSocket } from 'ws'

/** What makes a host open its inspector at this port; its children do not inherit it. */
export const inspectedAt = (port: number) => ({ NODE_OPTIONS: `--inspect=127.0.0.1:${port}` })

/** The host's own objects, without what is garbage already. */
export async function mainHeapBytes(inspectorPort: number): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${inspectorPort}/json/list`)
  const [target] = (await answer.json()) as { webSocketDebuggerUrl: string }[]
  const socket = new WebSocket(target?.webSocketDebuggerUrl ?? '')
  await once(socket, 'open')
  const ask = async (method: string) => {
    socket.send(JSON.stringify({ id: 1, method }))
    const [data] = (await once(socket, 'message')) as [Buffer]
    return (JSON.parse(String(data)) as { result: { usedSize: number } }).result
  }
  try {
    await ask('HeapProfiler.collectGarbage')
    return (await ask('Runtime.getHeapUsage')).usedSize
  } finally {
    socket.close()
    await once(socket, 'close')
  }
}
