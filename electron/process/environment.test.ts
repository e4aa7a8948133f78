import { expect, test } from 'vitest'
import { childEnvironment, isLoaderVariable } from './environment'

test.each([
  'LD_PRELOAD',
  'LD_AUDIT',
  'DYLD_INSERT_LIBRARIES',
  'NODE_OPTIONS',
  'ELECTRON_RUN_AS_NODE',
  'PATH',
  'ld_preload',
])('%s is a loader variable', (name) => {
  expect(isLoaderVariable(name)).toBe(true)
})

test.each(['OLLAMA_HOST', 'CUDA_VISIBLE_DEVICES', 'HTTPS_PROXY', 'LLAMA_ARG_FIT'])('%s is not', (name) => {
  expect(isLoaderVariable(name)).toBe(false)
})

test('a child sees what the system needs and what it is given, nothing else of ours', () => {
  const own = {
    PATH: '/bin',
    HOME: '/home/me',
    https_proxy: 'http://p',
    OLLAMA_HOST: 'x',
    AWS_SECRET: 's',
    NODE_OPTIONS: '-r x',
  }
  expect(childEnvironment({ OLLAMA_HOST: '127.0.0.1:1' }, own)).toEqual({
    PATH: '/bin',
    HOME: '/home/me',
    https_proxy: 'http://p',
    OLLAMA_HOST: '127.0.0.1:1',
  })
})
