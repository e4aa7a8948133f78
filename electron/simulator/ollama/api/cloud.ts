import type { Call } from './call'
import { sendJson } from './json-replies'
import type { Simulated } from './simulated-server'

export function cloudStatus({ settings }: Simulated, { response }: Call): void {
  sendJson(response, 200, {
    cloud: { disabled: settings.isCloudOff, source: settings.isCloudOff ? 'env' : 'none' },
  })
}

export const accountUnavailable = (_: Simulated, { response }: Call) =>
  sendJson(response, 503, { error: 'account unavailable' })
