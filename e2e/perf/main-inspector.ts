import { once } from 'node:events'
import { WebSocket } from 'ws'

/** What makes a host open its inspector at this port; its children do not inherit it. */
export const inspectedAt = (port: number) => ({ NODE_OPTIONS: `--inspect=127.0.0.1:${port}` })

/** The host's own objects, without what is garbage already. */
export function mainHeapBytes(inspectorPort: number): Promise<number> {
  return withInspector(inspectorPort, async (ask) => {
    await ask('HeapProfiler.collectGarbage')
    const { usedSize } = await ask<{ usedSize: number }>('Runtime.getHeapUsage')
    return usedSize
  })
}

export type LoopDelay = { p99Ms: number; worstMs: number }

/** How late the host's timers were while something went on: 1 ms is what it measures at rest. */
export function loopDelayDuring(inspectorPort: number, act: () => Promise<unknown>): Promise<LoopDelay> {
  return withInspector(inspectorPort, async (ask) => {
    const evaluate = async (expression: string) =>
      (await ask<{ result: { value: string } }>('Runtime.evaluate', { expression, returnByValue: true })).result.value
    const hooks = `process.getBuiltinModule('node:perf_hooks')`
    await evaluate(`(globalThis.loopDelay = ${hooks}.monitorEventLoopDelay({ resolution: 1 })).enable()`)
    await act()
    const [p99Ms = 0, worstMs = 0] = JSON.parse(
      await evaluate('JSON.stringify([loopDelay.percentile(99) / 1e6, loopDelay.max / 1e6, loopDelay.disable()])'),
    ) as number[]
    return { p99Ms, worstMs }
  })
}

type Ask = <Result>(method: string, params?: Record<string, unknown>) => Promise<Result>

async function withInspector<Result>(inspectorPort: number, use: (ask: Ask) => Promise<Result>): Promise<Result> {
  const answer = await fetch(`http://127.0.0.1:${inspectorPort}/json/list`)
  const [target] = (await answer.json()) as { webSocketDebuggerUrl: string }[]
  const socket = new WebSocket(target?.webSocketDebuggerUrl ?? '')
  await once(socket, 'open')
  try {
    return await use(async <Answer>(method: string, params: Record<string, unknown> = {}) => {
      socket.send(JSON.stringify({ id: 1, method, params }))
      const [data] = (await once(socket, 'message')) as [Buffer]
      return (JSON.parse(String(data)) as { result: Answer }).result
    })
  } finally {
    socket.close()
    await once(socket, 'close')
  }
}
