import type { ServerSettings } from '../../shared/ollama/chosen-settings'
import { givenContext, setContext } from '../../shared/ollama/set-context'
import { slotCount } from '../../shared/ollama/slot-count'
import { host } from '../connection/connection'
import { startServer } from './server'
import { watchStore } from './watch'

export const serverSettings = watchStore((client, signal) => client.serverSettings.watch(undefined, { signal }))
export const inForce = watchStore((client, signal) => client.serverSettings.watchInForce(undefined, { signal }))

/** The context that the running server was told to give to whoever asks for none; null where nobody told it one. */
export const useSetContext = () => setContext(inForce.useValue() ?? [])

/** The context that a request gets that asks for none: as set, or as the server chose by memory; null where it did not say. */
export const useGivenContext = () => givenContext(inForce.useValue() ?? [])

/** Requests that a model answers at once now; null where that cannot be told. */
export const useSlotCount = () =>
  slotCount((inForce.useValue() ?? []).map(({ variable, inForce: value }) => ({ variable, value })))

export const saveServerSettings = (settings: ServerSettings) => host().serverSettings.save(settings)

/** Leaves a taken port to whoever holds it, and starts the server on another. */
export async function takeFreePort(port: number): Promise<void> {
  const saved = serverSettings.store.getState().value?.saved
  if (!saved) return
  await saveServerSettings({ ...saved, port })
  await startServer()
}
