import { expect, test } from 'vitest'
import { proxyFor } from './proxy-from-environment'

const proxy = 'http://proxy:3128'
const both = { HTTPS_PROXY: proxy, HTTP_PROXY: 'http://plain:3128' }

test.each<[address: string, environment: Record<string, string>, through: string | undefined]>([
  ['https://registry.ollama.ai', both, proxy],
  ['http://registry.box', both, 'http://plain:3128'],
  ['https://registry.ollama.ai', {}, undefined],
  ['https://registry.ollama.ai', { https_proxy: proxy }, proxy],
  ['https://registry.ollama.ai', { HTTPS_PROXY: 'proxy:3128' }, proxy],
  ['https://registry.ollama.ai', { HTTPS_PROXY: 'socks5://proxy:1080' }, 'socks5://proxy:1080'],
  ['https://registry.ollama.ai', { HTTP_PROXY: proxy }, undefined],
  ['https://registry.ollama.ai', { HTTPS_PROXY: ' ' }, undefined],
  // This machine's own addresses, whatever the variables say.
  ['http://127.0.0.1:11434', both, undefined],
  ['http://127.8.0.1:5000', both, undefined],
  ['http://localhost:5000', both, undefined],
  ['http://[::1]:5000', both, undefined],
  // NO_PROXY.
  ['https://registry.ollama.ai', { ...both, NO_PROXY: '*' }, undefined],
  ['https://registry.ollama.ai', { ...both, NO_PROXY: 'ollama.ai' }, undefined],
  ['https://registry.ollama.ai', { ...both, no_proxy: 'a.b, .ollama.ai' }, undefined],
  ['https://registry.ollama.ai', { ...both, NO_PROXY: '*.ollama.ai' }, undefined],
  ['https://ollama.ai', { ...both, NO_PROXY: '.ollama.ai' }, proxy],
  ['https://notollama.ai', { ...both, NO_PROXY: 'ollama.ai' }, proxy],
  ['https://registry.box:8443', { ...both, NO_PROXY: 'registry.box:8443' }, undefined],
  ['https://registry.box:8443', { ...both, NO_PROXY: 'registry.box:443' }, proxy],
  ['https://registry.box', { ...both, NO_PROXY: 'registry.box:443' }, undefined],
  ['https://10.1.2.3', { ...both, NO_PROXY: '10.0.0.0/8' }, undefined],
  ['https://11.1.2.3', { ...both, NO_PROXY: '10.0.0.0/8' }, proxy],
  ['https://10.1.2.3', { ...both, NO_PROXY: '10.1.2.3' }, undefined],
  ['https://10.1.2.3', { ...both, NO_PROXY: '1.2.3' }, proxy],
  ['https://[fd00::1]', { ...both, NO_PROXY: 'fd00::/8' }, undefined],
  ['https://10.1.2.3', { ...both, NO_PROXY: '10.0.0.0/99' }, proxy],
  ['https://registry.ollama.ai', { ...both, NO_PROXY: ' , ' }, proxy],
])('N1: %s with %o goes through %s', (address, environment, through) =>
  expect(proxyFor(new URL(address), environment)).toBe(through),
)
