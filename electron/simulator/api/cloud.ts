import type { Call } from '../http/call'
import { sendJson } from '../http/replies'
import type { Simulated } from '../server/simulated-server'

export function cloudStatus({ settings }: Simulated, { response }: Call): void {
  sendJson(response, 200, {
    cloud: { disabled: settings.isCloudOff, source: settings.isCloudOff ? 'env' : 'none' },
  })
}

export const accountUnavailable = (_: Simulated, { response }: Call) =>
  sendJson(response, 503, { error: 'account unavailable' })
