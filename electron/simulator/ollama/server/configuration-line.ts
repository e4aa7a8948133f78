import { goDurationText, goSwitch, trimmed } from '../manners/go-values'
import { addressUrl } from '../manners/host-address'
import type { Log, LogValue } from '../manners/log'
import type { ServeSettings } from '../manners/serve-settings'
import { isOldStyle } from '../manners/version-style'
import { allowedOrigins } from './callers'

/** The "server config" line: every variable the version knows, with the value in force. */
export function sayConfiguration(log: Log, settings: ServeSettings, version: string): void {
  const old = isOldStyle(version)
  const map = `map[${Object.entries(old ? oldVariables(settings) : newVariables(settings))
    .map(([key, value]) => `${key}:${value}`)
    .join(' ')}]`
  if (!old) log.setUp()
  log.infoAt({ old: 'routes.go:1205', new: 'routes.go:1951' }, 'server config', { env: map })
  log.setUp()
}

const own = (key: string) => trimmed(process.env[key])
const list = (items: readonly string[]) => `[${items.join(' ')}]`

const proxies = (upper: boolean) =>
  upper
    ? { HTTPS_PROXY: own('HTTPS_PROXY'), HTTP_PROXY: own('HTTP_PROXY') }
    : { http_proxy: own('http_proxy'), https_proxy: own('https_proxy'), no_proxy: own('no_proxy') }

function oldVariables(settings: ServeSettings): Record<string, LogValue> {
  return {
    CUDA_VISIBLE_DEVICES: own('CUDA_VISIBLE_DEVICES'),
    GPU_DEVICE_ORDINAL: own('GPU_DEVICE_ORDINAL'),
    HIP_VISIBLE_DEVICES: own('HIP_VISIBLE_DEVICES'),
    HSA_OVERRIDE_GFX_VERSION: own('HSA_OVERRIDE_GFX_VERSION'),
    ...proxies(true),
    NO_PROXY: own('NO_PROXY'),
    OLLAMA_DEBUG: settings.isDebug,
    OLLAMA_FLASH_ATTENTION: settings.flashAttention === true,
    OLLAMA_GPU_OVERHEAD: settings.gpuOverheadBytes,
    OLLAMA_HOST: addressUrl(settings.address),
    OLLAMA_INTEL_GPU: goSwitch(process.env.OLLAMA_INTEL_GPU),
    OLLAMA_KEEP_ALIVE: goDurationText(settings.keepAliveMs),
    OLLAMA_KV_CACHE_TYPE: own('OLLAMA_KV_CACHE_TYPE'),
    OLLAMA_LLM_LIBRARY: own('OLLAMA_LLM_LIBRARY'),
    OLLAMA_LOAD_TIMEOUT: goDurationText(settings.loadTimeoutMs),
    OLLAMA_MAX_LOADED_MODELS: settings.maximumLoaded,
    OLLAMA_MAX_QUEUE: settings.maximumQueue,
    OLLAMA_MODELS: settings.modelsFolder,
    OLLAMA_MULTIUSER_CACHE: goSwitch(process.env.OLLAMA_MULTIUSER_CACHE),
    OLLAMA_NEW_ENGINE: goSwitch(process.env.OLLAMA_NEW_ENGINE),
    OLLAMA_NOHISTORY: goSwitch(process.env.OLLAMA_NOHISTORY),
    OLLAMA_NOPRUNE: settings.keepsUnreferenced,
    OLLAMA_NUM_PARALLEL: settings.parallel,
    OLLAMA_ORIGINS: list(allowedOrigins(settings.origins, true)),
    OLLAMA_SCHED_SPREAD: settings.spreads,
    ROCR_VISIBLE_DEVICES: own('ROCR_VISIBLE_DEVICES'),
    ...proxies(false),
  }
}

function newVariables(settings: ServeSettings): Record<string, LogValue> {
  return {
    CUDA_VISIBLE_DEVICES: own('CUDA_VISIBLE_DEVICES'),
    GGML_VK_VISIBLE_DEVICES: own('GGML_VK_VISIBLE_DEVICES'),
    GPU_DEVICE_ORDINAL: own('GPU_DEVICE_ORDINAL'),
    HIP_VISIBLE_DEVICES: own('HIP_VISIBLE_DEVICES'),
    HSA_OVERRIDE_GFX_VERSION: own('HSA_OVERRIDE_GFX_VERSION'),
    ...proxies(true),
    LLAMA_ARG_FIT: own('LLAMA_ARG_FIT'),
    LLAMA_ARG_FIT_TARGET: own('LLAMA_ARG_FIT_TARGET'),
    NO_PROXY: own('NO_PROXY'),
    OLLAMA_CONTEXT_LENGTH: settings.contextLength,
    OLLAMA_DEBUG: settings.isDebug ? (own('OLLAMA_DEBUG') === '2' ? 'DEBUG-4' : 'DEBUG') : 'INFO',
    OLLAMA_DEBUG_LOG_REQUESTS: goSwitch(process.env.OLLAMA_DEBUG_LOG_REQUESTS),
    OLLAMA_EDITOR: own('OLLAMA_EDITOR'),
    OLLAMA_FLASH_ATTENTION: settings.flashAttention === true,
    OLLAMA_GO_TEMPLATE: goSwitch(process.env.OLLAMA_GO_TEMPLATE, true),
    OLLAMA_GPU_OVERHEAD: settings.gpuOverheadBytes,
    OLLAMA_HOST: addressUrl(settings.address),
    OLLAMA_IGPU_ENABLE: own('OLLAMA_IGPU_ENABLE'),
    OLLAMA_KEEP_ALIVE: goDurationText(settings.keepAliveMs),
    OLLAMA_KV_CACHE_TYPE: settings.keyValueType,
    OLLAMA_LLM_LIBRARY: own('OLLAMA_LLM_LIBRARY'),
    OLLAMA_LOAD_TIMEOUT: goDurationText(settings.loadTimeoutMs),
    OLLAMA_MAX_LOADED_MODELS: settings.maximumLoaded,
    OLLAMA_MAX_QUEUE: settings.maximumQueue,
    OLLAMA_MAX_TRANSFER_STREAMS: 4,
    OLLAMA_MODELS: settings.modelsFolder,
    OLLAMA_NOHISTORY: goSwitch(process.env.OLLAMA_NOHISTORY),
    OLLAMA_NOPRUNE: settings.keepsUnreferenced,
    OLLAMA_NO_CLOUD: settings.isCloudOff,
    OLLAMA_NUM_PARALLEL: settings.parallel,
    OLLAMA_ORIGINS: list(allowedOrigins(settings.origins, false)),
    OLLAMA_REMOTES: '[ollama.com]',
    OLLAMA_SCHED_SPREAD: settings.spreads,
    OLLAMA_VULKAN: goSwitch(process.env.OLLAMA_VULKAN, true),
    ROCR_VISIBLE_DEVICES: own('ROCR_VISIBLE_DEVICES'),
    ...proxies(false),
  }
}
