import { expect, test } from 'vitest'
import { childEnvironment } from './environment'

test('a child sees what the system needs and what it is given, nothing else of ours', () => {
  const own = {
    PATH: '/bin',
    HOME: '/home/me',
    https_proxy: 'http://p',
    OLLAMA_HOST: 'x',
    AWS_SECRET: 's',
    NODE_OPTIONS: '-r x',
    HSA_TOOLS_LIB: '/tmp/x.so',
  }
  expect(childEnvironment({ OLLAMA_HOST: '127.0.0.1:1' }, own)).toEqual({
    PATH: '/bin',
    HOME: '/home/me',
    https_proxy: 'http://p',
    OLLAMA_HOST: '127.0.0.1:1',
  })
})
