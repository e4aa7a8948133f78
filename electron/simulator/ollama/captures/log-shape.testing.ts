/** A server's log as far as it must be the same: three kinds of lines that are woven together by chance. */
export type LogShape = {
  /** The server's own lines: level, place in the source, message and keys. */
  slog: string[]
  /** Those that other goroutines write, at any place. */
  loose: string[]
  access: string[]
  /** llama.cpp's lines, without their figures. */
  bare: string[]
}

/** Messages of goroutines that run beside the others. */
const looseMessages =
  /^(Server listening on|model list cache hydration|model recommendations cache|llm server loading|discovering available|looking for compatible|starting model|skipping model|model recommendations snapshot|starting llm scheduler)/

/** Lines of llama-server's choice of a slot and its store of old prompts, of what each CPU can do, and of its debugging. */
const untold = new RegExp(
  [
    '^srv +(server_strea|get_availabl|load: +- looking|load: +- prompt|update: +- |update_slots: all)',
    '^srv {3}prompt_save',
    '^slot (get_availabl|process_sing)',
    'CPU_REPACK model buffer',
    '^common_memory_breakdown_print: \\| +- CPU',
    '^ggml_backend_load_best',
    '^llm_load_vocab: control token',
    '^load_all_data:',
    '^llama_kv_cache_init: layer',
    '^\\s*$',
  ].join('|'),
)

export function logShape(text: string): LogShape {
  const shape: LogShape = { slog: [], loose: [], access: [], bare: [] }
  for (const line of withoutCreation(text.split('\n'))) {
    if (line.startsWith('[GIN]')) shape.access.push(accessShape(line))
    else if (/^time=\S+ level=|^\d{4}\/\d\d\/\d\d \S+ \S+: [A-Z]+ /.test(line)) {
      if (/llm server loading model/.test(line)) continue // only if the load took long enough
      const told = slogShape(line)
      if (isLoose(line)) shape.loose.push(told)
      else shape.slog.push(told)
    } else if (!untold.test(line) && !/^(Couldn't find|Your new public key|ssh-)/.test(line)) {
      shape.bare.push(bareShape(line))
    }
  }
  shape.loose = [...new Set(shape.loose)].sort()
  shape.bare = withSortedHeaders(shape.bare)
  return shape
}

/** A file that was written anew has its header's keys in another order. */
function withSortedHeaders(lines: readonly string[]): string[] {
  const isKey = (line: string | undefined) => line?.startsWith('llama_model_loader: - kv') ?? false
  const result: string[] = []
  let run: string[] = []
  for (const line of [...lines, '']) {
    if (isKey(line)) run.push(line)
    else {
      result.push(...run.sort(), line)
      run = []
    }
  }
  return result.slice(0, -1)
}

function isLoose(line: string): boolean {
  const message = /msg="?((?:[^"\\]|\\.)*)/.exec(line)?.[1] ?? ''
  return looseMessages.test(message)
}

/** The command line that made the models of the recordings is not played: its requests, and what they cause, go. */
function withoutCreation(lines: readonly string[]): string[] {
  const kept: string[] = []
  let from: number | null = null
  for (const line of lines) {
    if (/HEAD +"\/"$/.test(line)) from = kept.length
    else if (from !== null && /"\/api\/blobs\//.test(line)) {
      // still creating
    } else if (/POST +"\/api\/create"$/.test(line)) {
      if (from !== null) kept.length = from
      from = null
    } else kept.push(line)
  }
  return kept
}

function accessShape(line: string): string {
  const [, status, method, path] = /\| (\d+) \|.*\| (\S+) +"(.*)"$/.exec(line) ?? []
  return `${status} ${method} ${path}`
}

const slogPair = /(\S+?)=("(?:[^"\\]|\\.)*"|\S*)/g

function slogShape(line: string): string {
  const plain = /^\d{4}\/\d\d\/\d\d \S+ (\S+): ([A-Z]+) (.*?)((?: \S+=.*)?)$/.exec(line)
  const [level, source, message, rest] = plain
    ? [plain[2], plain[1], plain[3], plain[4] ?? '']
    : [
        /level=(\S+)/.exec(line)?.[1],
        /source=(\S+)/.exec(line)?.[1],
        /msg=("(?:[^"\\]|\\.)*"|\S+)/.exec(line)?.[1]?.replace(/^"|"$/g, ''),
        line.replace(/^.*? msg=(?:"(?:[^"\\]|\\.)*"|\S+)/, ''),
      ]
  const keys = [...rest.matchAll(slogPair)].map(([, key = '', value = '']) =>
    key === 'env'
      ? `env(${variables(value)})`
      : /^(error|status|string|sys|type|reason)$/.test(key)
        ? `${key}=${plainly(value)}`
        : key,
  )
  return [level, source, plainly(message ?? ''), ...keys].join(' ')
}

/** The names in a configuration line, in their order. */
const variables = (value: string) =>
  [...value.matchAll(/([A-Za-z_]{4,}):/g)]
    .map(([, name]) => name)
    .filter((name) => name !== 'http' && name !== 'https')
    .join(',')

const plainly = (text: string) =>
  text
    .replace(/tensor '[\w.]+'/g, 'tensor')
    .replace(/tensor \\"[\w.]+\\"/g, 'tensor')
    .replace(/\d+(\.\d+)*/g, '#')
    .replace(/# [KMG]?i?B part/, '# part')
    .replace(/downloading [0-9a-f#]+ in/, 'downloading # in')

/** The beginning of a line of llama.cpp: what it tells of, not how much. */
function bareShape(line: string): string {
  const key = /^llama_model_loader: - kv +\d+: +(\S+)/.exec(line)?.[1]
  if (key) return `llama_model_loader: - kv ${key}`
  return plainly(line)
    .replace(/'[^']*sha#?[^']*'/g, "'#'")
    .replace(/\/\S+/g, '#')
    .replace(
      /(model params|model size|file size|file type|model ftype|general\.name|device_info|- CPU|system_info).*/,
      '$1',
    )
    .replace(/(common_memory_breakdown_print: \| +- Host).*/, '$1')
    .replace(/(sampler (chain|params)|top_k|\trepeat_last_n).*/, '$1')
    .replace(/(checking sim|skipping, slot is empty|selected slot by).*/, 'looking for a slot')
    .replace(/(need to evaluate at least|n_past was set).*/, '$1')
    .replace(/- type +\S+: +# tensors/, '- type')
    .replace(/(info: .*CPU).*/, '$1')
    .replace(/#x[0-9a-f#]+/g, '#')
    .replace(/libggml-cpu-\w+/, 'libggml-cpu')
    .replace(/\(.*? per token.*\)/, '')
    .replace(/ +/g, ' ')
    .trim()
}
