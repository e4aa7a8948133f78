import { expect, test } from 'vitest'
import { isLoaderVariable } from './refused-variables'

test.each([
  'LD_PRELOAD',
  'LD_AUDIT',
  'DYLD_INSERT_LIBRARIES',
  'NODE_OPTIONS',
  'ELECTRON_RUN_AS_NODE',
  'PATH',
  'ld_preload',
  'CUDA_INJECTION64_PATH',
  'NVTX_INJECTION64_PATH',
  'HSA_TOOLS_LIB',
  'GGML_BACKEND_PATH',
  'OLLAMA_LIBRARY_PATH',
  'VK_ICD_FILENAMES',
  'VK_DRIVER_FILES',
  'VK_LAYER_PATH',
  'VK_ADD_IMPLICIT_LAYER_PATH',
  'OCL_ICD_FILENAMES',
  'OPENSSL_CONF',
])('%s is a loader variable', (name) => {
  expect(isLoaderVariable(name)).toBe(true)
})

test.each([
  'OLLAMA_HOST',
  'OLLAMA_LLM_LIBRARY',
  'CUDA_VISIBLE_DEVICES',
  'GGML_VK_VISIBLE_DEVICES',
  'HSA_OVERRIDE_GFX_VERSION',
  'HTTPS_PROXY',
  'LLAMA_ARG_FIT',
  'ENVIRONMENT',
])('%s is not', (name) => {
  expect(isLoaderVariable(name)).toBe(false)
})
