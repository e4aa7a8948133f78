/**
 * A signal that is aborted with `signal`, or with a `TimeoutError` once the time is over. Node 20 forgets an
 * `AbortSignal.timeout` that only `AbortSignal.any` refers to, and the request then waits for ever.
 */
export function withTimeLimit(signal: AbortSignal, withinMs: number): AbortSignal {
  const limit = new AbortController()
  const timer = setTimeout(() => limit.abort(new DOMException('the time is over', 'TimeoutError')), withinMs)
  timer.unref()
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true, signal: limit.signal })
  return AbortSignal.any([signal, limit.signal])
}
