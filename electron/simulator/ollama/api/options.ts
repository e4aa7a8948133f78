import { ServerError } from '../manners/server-error'
import { isOldStyle } from '../manners/version-style'
import type { Body } from './request-body'
import type { Simulated } from './simulated-server'

const integers = 'num_ctx num_batch num_gpu main_gpu num_thread num_keep seed num_predict top_k repeat_last_n'.split(
  ' ',
)
const decimals = 'top_p min_p typical_p temperature repeat_penalty presence_penalty frequency_penalty'.split(' ')
const switches = ['use_mmap', 'numa']
const onlyOld = {
  decimals: ['tfs_z', 'mirostat_tau', 'mirostat_eta'],
  integers: ['mirostat'],
  switches: ['low_vram', 'f16_kv', 'logits_all', 'vocab_only', 'use_mlock', 'penalize_newline'],
}

/** The options of a request: a wrong type is an error, an unknown name a warning. */
export function readOptions({ configuration, log }: Simulated, body: Body): Record<string, unknown> {
  const old = isOldStyle(configuration.version)
  const options = (body.options ?? {}) as Record<string, unknown>
  const kinds: [names: string[], type: string, isRight: (value: unknown) => boolean][] = [
    [
      [...integers, ...(old ? onlyOld.integers : ['draft_num_predict'])],
      'integer',
      (value) => typeof value === 'number',
    ],
    [[...decimals, ...(old ? onlyOld.decimals : [])], 'float32', (value) => typeof value === 'number'],
    [[...switches, ...(old ? onlyOld.switches : [])], 'boolean', (value) => typeof value === 'boolean'],
    [['stop'], 'array', Array.isArray],
  ]
  for (const [key, value] of Object.entries(options)) {
    const kind = kinds.find(([names]) => names.includes(key))
    if (!kind) log.warnAt({ old: 'types.go:512', new: 'types.go:1007' }, 'invalid option provided', { option: key })
    else if (value !== null && !kind[2](value)) throw new ServerError(500, `option "${key}" must be of type ${kind[1]}`)
  }
  return options
}
