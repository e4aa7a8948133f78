import type { SeenRequest } from '../../../shared/measure/stage'
import type { Redact } from '../../platform/redactor'

/** What a server said of a request, as it may be kept. */
export const redacted = (request: SeenRequest, redact: Redact): SeenRequest =>
  request.detail === null ? request : { ...request, detail: redact(request.detail) }

/** From the generator's clock to ms since the start of the run. */
export function shifted(request: SeenRequest, offsetMs: number): SeenRequest {
  return {
    ...request,
    scheduledAtMs: request.scheduledAtMs + offsetMs,
    requestAtMs: request.requestAtMs + offsetMs,
    endAtMs: request.endAtMs + offsetMs,
  }
}
