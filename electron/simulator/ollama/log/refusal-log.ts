import type { SimulatedModel } from '../../configuration'
import type { Log } from '../manners/log'
import { isOldStyle } from '../manners/version-style'
import { tensorsOf } from '../models/model-file'

/** A file that is cut short: the old server learns it from its runner, the new one reads it before. Gives the error. */
export function sayDamaged(log: Log, version: string, model: SimulatedModel, weightsFile: string): string {
  const tensor = tensorsOf(model).find(({ name }) => name === 'blk.0.ffn_down.weight')?.name ?? 'output.weight'
  if (!isOldStyle(version)) {
    const error = `tensor "output.weight" offset+size (${model.sizeBytes + 6336}) exceeds file size (${model.sizeBytes})`
    log.info('sched.go:529', 'failed to load model metadata', { model: weightsFile, error })
    return error
  }
  const problem = `error loading model: tensor '${tensor}' data is not within the file bounds, model is corrupted or incomplete`
  const error = `llama runner process has terminated: ${problem}\nllama_load_model_from_file: failed to load model`
  log.bare([
    `llama_model_load: ${problem}`,
    'llama_load_model_from_file: failed to load model',
    `panic: unable to load model: ${weightsFile}`,
    '',
    'goroutine 3 [running]:',
    'github.com/ollama/ollama/runner/llamarunner.(*Server).loadModel(0x3c934f2922d0, {0x0, 0x0, 0x0, 0x0, {0x0, 0x0, 0x0}, 0x3c934f24cc90, 0x0}, ...)',
    '\tgithub.com/ollama/ollama/runner/llamarunner/runner.go:851 +0x3cb',
    'created by github.com/ollama/ollama/runner/llamarunner.Execute in goroutine 1',
    '\tgithub.com/ollama/ollama/runner/llamarunner/runner.go:968 +0xcbd',
  ])
  log.error('server.go:421', 'llama runner terminated', { error: 'exit status 2' })
  log.error('sched.go:456', 'error loading llama server', { error })
  return error
}

/** The new server passes any KV cache type on; a wrong one ends llama-server at its start. Gives the error. */
export function sayKeyValueTypeRefused(log: Log, type: string, weightsFile: string): string {
  const error = 'llama-server process has terminated: exit status 1'
  log.bare([
    `error while handling argument "--cache-type-k": Unsupported cache type: ${type}`,
    '',
    'usage:',
    '-ctk,  --cache-type-k TYPE              KV cache data type for K',
    '                                        allowed values: f32, f16, bf16, q8_0, q4_0, q4_1, iq4_nl, q5_0, q5_1',
    '                                        (default: f16)',
    '                                        (env: LLAMA_ARG_CACHE_TYPE_K)',
    '',
    '',
    'to show complete usage, run with -h',
  ])
  log.info('sched.go:641', 'Load failed', { model: weightsFile, error })
  return error
}

/** A quantized cache without flash attention ends llama-server once the weights are read (seen on 0.33.0). Gives the error. */
export function sayFlashNeeded(log: Log, weightsFile: string): string {
  const problem = 'llama_init_from_model: quantized V cache requires flash_attn to be enabled'
  const error = `llama-server process has terminated: exit status 1: ${problem}\n${problem}`
  log.bare([
    problem,
    `cmn  common_init_: failed to create context with model '${weightsFile}'`,
    `cmn  common_init_: failed to create context with model '${weightsFile}'`,
    `srv    load_model: failed to create_context with model '${weightsFile}'`,
    'srv    operator(): operator(): cleaning up before exit...',
    'srv  llama_server: exiting due to model loading error',
  ])
  log.error('llama_server.go:1023', 'llama-server terminated', { error: 'exit status 1', exit: 1 })
  log.info('sched.go:641', 'Load failed', { model: weightsFile, error })
  return error
}
