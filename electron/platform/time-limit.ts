/**
 * Acts under a signal that is aborted with `signal`, or with a `TimeoutError` once the time is over; nothing of it stays
 * when the act has ended. Node 20 forgets an `AbortSignal.timeout` that only `AbortSignal.any` refers to, and the request
 * then waits for ever.
 */
export async function within<Result>(
  withinMs: number,
  signal: AbortSignal,
  act: (limited: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const limit = new AbortController()
  const pass = () => limit.abort(signal.reason)
  const timer = setTimeout(() => limit.abort(new DOMException('the time is over', 'TimeoutError')), withinMs)
  timer.unref()
  if (signal.aborted) pass()
  signal.addEventListener('abort', pass)
  try {
    return await act(limit.signal)
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', pass)
  }
}
