import { createStore } from 'zustand/vanilla'
import type { Client } from './client'
import { PageFailure } from './failure'
import { takeNewTokens, takeToken } from './token'
import { isDesktop, openPort, openSocket, type Transport } from './transport'

export type Connection = {
  /** `refused`: the link lacks its token, or carries one that is no longer good. */
  state: 'connecting' | 'open' | 'lost' | 'refused'
  client: Client | null
  lostAtMs: number | null
}

const askEveryMs = 5000
const patienceMs = 4000
const retryAfterMs = [250, 500, 1000, 2000, 3000]

export const connection = createStore<Connection>(() => ({ state: 'connecting', client: null, lostAtMs: null }))

/** The host as it can be reached now. Throws the failure `hostLost` while it cannot. */
export function host(): Client {
  const { client } = connection.getState()
  if (!client) throw new PageFailure('hostLost')
  return client
}

/** Connects, and again whenever the link breaks, for as long as the page lives. */
export async function keepConnected(): Promise<never> {
  if (!isDesktop()) takeNewTokens()
  for (let attempt = 0; ; attempt++) {
    const token = isDesktop() ? null : takeToken()
    const transport = await open(token)
    if (transport) {
      attempt = 0
      connection.setState({ state: 'open', client: transport.client, lostAtMs: null })
      await Promise.race([transport.closed, silence(transport)])
      transport.close()
      connection.setState({ state: 'lost', client: null, lostAtMs: Date.now() })
    } else if (await isRefused(token)) {
      connection.setState({ state: 'refused', client: null })
    }
    await pause(retryAfterMs[Math.min(attempt, retryAfterMs.length - 1)] ?? 3000)
  }
}

/** Resolves when the host has not answered a question for a while: a tunnel can break without a word. */
async function silence({ client }: Transport) {
  for (;;) {
    await pause(askEveryMs)
    if (document.hidden) continue
    const answered = client.host.describe().then(
      () => true,
      () => true, // a refusal is an answer, and a closed link ends by itself
    )
    if (!(await Promise.race([answered, pause(patienceMs).then(() => false)]))) return
  }
}

async function open(token: string | null): Promise<Transport | null> {
  if (isDesktop()) return openPort()
  if (!token) return null
  return openSocket(token).catch(() => null)
}

/** A host that serves the page but not the socket does not know our token. */
async function isRefused(token: string | null) {
  if (!token) return true
  const answer = await fetch('./', { method: 'HEAD', cache: 'no-store' }).catch(() => null)
  return answer?.ok === true
}

const pause = (durationMs: number) => new Promise<void>((resolve) => setTimeout(resolve, durationMs))
