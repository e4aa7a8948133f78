import type { Page } from '@playwright/test'
import type { CorralUnderTest } from '../corral-under-test'
import { firstOf, type HostClient, withHostClient } from '../host-client'
import { Camera } from './camera'

type Scene = { camera: Camera; host: HostClient; page: Page }

/** A camera before the page of this Corral, and the host's own ear to bring it into its states. */
export function withCamera(corral: CorralUnderTest, play: (scene: Scene) => Promise<void>): Promise<void> {
  const { page } = corral
  return withHostClient(corral.web.url, async (host) => play({ camera: new Camera(page, host), host, page }))
}

/** Starts the server and waits until it is ready. */
export async function startServer(host: HostClient): Promise<void> {
  await host.server.start()
  await firstOf(host.server.watch(), ({ state }) => state === 'ready')
}
