/** What of a request's options a runner is started with: another value means another start. */
export type LoadOptions = {
  contextLength: number
  /** Whether nobody asked for this context length. */
  isContextAutomatic: boolean
  batchSize: number | null
  /** Layers on the cards; negative leaves it to the server, 0 keeps the model off them. */
  gpuLayers: number
  mainGpu: number | null
  threads: number | null
  usesMmap: boolean | null
}

export function readLoadOptions(options: Record<string, unknown>, defaultContext: number): LoadOptions {
  const number = (key: string) => (typeof options[key] === 'number' ? Math.trunc(options[key]) : null)
  return {
    contextLength: Math.max(4, number('num_ctx') || defaultContext),
    isContextAutomatic: !number('num_ctx'),
    batchSize: number('num_batch'),
    gpuLayers: number('num_gpu') ?? -1,
    mainGpu: number('main_gpu'),
    threads: number('num_thread') || null,
    usesMmap: typeof options.use_mmap === 'boolean' ? options.use_mmap : null,
  }
}

/** Whether a runner with these options will do for a request with those. */
export const willDo = (running: LoadOptions, wanted: LoadOptions) =>
  running.contextLength === wanted.contextLength &&
  running.batchSize === wanted.batchSize &&
  (wanted.gpuLayers < 0 || running.gpuLayers === wanted.gpuLayers) &&
  running.mainGpu === wanted.mainGpu &&
  running.threads === wanted.threads &&
  running.usesMmap === wanted.usesMmap
