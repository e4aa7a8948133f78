import type { NetworkInterfaceInfo } from 'node:os'
import { describe, expect, test } from 'vitest'
import { type AccessRequest, allowedHosts, isAllowedHost, mayConnect, namesOf } from './access'

const token = 'the-token-of-this-launch'
const hosts = allowedHosts(namesOf('127.0.0.1'), 7860)
const good: AccessRequest = {
  host: '127.0.0.1:7860',
  origin: 'http://127.0.0.1:7860',
  protocols: ['corral', `corral.token.${token}`],
}

test('our own page with the token of this launch may connect, under each of our names', () => {
  expect(mayConnect(good, hosts, token)).toBe(true)
  for (const name of ['localhost:7860', '[::1]:7860']) {
    expect(mayConnect({ ...good, host: name, origin: `http://${name}` }, hosts, token)).toBe(true)
  }
})

describe('refused', () => {
  test.each<[string, Partial<AccessRequest>]>([
    ['no token', { protocols: ['corral'] }],
    ['no protocol at all', { protocols: [] }],
    ['an empty token', { protocols: ['corral', 'corral.token.'] }],
    ['a wrong token', { protocols: ['corral', 'corral.token.another'] }],
    ['the token with something behind it', { protocols: ['corral', `corral.token.${token}x`] }],
    ['a part of the token', { protocols: ['corral', `corral.token.${token.slice(0, -1)}`] }],
    ['the token in other letters', { protocols: ['corral', `corral.token.${token.toUpperCase()}`] }],
    ['a right token behind a wrong one', { protocols: ['corral.token.wrong', `corral.token.${token}`] }],
    ['no Origin', { origin: undefined }],
    ['the Origin null of a sandboxed frame', { origin: 'null' }],
    ['a foreign Origin', { origin: 'http://evil.example' }],
    ['an Origin that begins like ours', { origin: 'http://127.0.0.1:7860.evil.example' }],
    ['our name on another port', { origin: 'http://127.0.0.1:8080' }],
    ['another scheme', { origin: 'https://127.0.0.1:7860' }],
    ['the Origin of another of our names', { origin: 'http://localhost:7860' }],
    ['no Host', { host: undefined }],
    ['a rebound name', { host: 'evil.example:7860', origin: 'http://evil.example:7860' }],
    ['our name without a port', { host: '127.0.0.1', origin: 'http://127.0.0.1' }],
    ['another loopback address', { host: '127.0.0.2:7860', origin: 'http://127.0.0.2:7860' }],
    ['an address that listens for all', { host: '0.0.0.0:7860', origin: 'http://0.0.0.0:7860' }],
  ])('%s', (_, change) => {
    expect(mayConnect({ ...good, ...change }, hosts, token)).toBe(false)
  })
})

test('a host bound to one address of the network answers to that address only', () => {
  const bound = allowedHosts(namesOf('192.168.1.5'), 7860)
  expect(isAllowedHost('192.168.1.5:7860', bound)).toBe(true)
  expect(isAllowedHost('localhost:7860', bound)).toBe(false)
})

const interfaceAt = (address: string, family: 'IPv4' | 'IPv6', internal = false) =>
  ({ address, family, internal }) as NetworkInterfaceInfo
const interfaces = {
  lo: [interfaceAt('127.0.0.1', 'IPv4', true)],
  eth0: [interfaceAt('fe80::5', 'IPv6'), interfaceAt('192.168.1.5', 'IPv4')],
}

test.each([
  ['0.0.0.0', ['192.168.1.5', '127.0.0.1', 'localhost', '[::1]']],
  ['::', ['192.168.1.5', '[fe80::5]', '127.0.0.1', 'localhost', '[::1]']],
  ['MyBox.local', ['mybox.local']],
  ['127.0.0.2', ['127.0.0.2', '127.0.0.1', 'localhost', '[::1]']],
  ['fd00::1', ['[fd00::1]']],
])('a host bound to %s is called by the names it has, one that others reach first', (bindAddress, names) => {
  expect(namesOf(bindAddress, interfaces)).toEqual(names)
})

test('on port 80 a browser leaves the port out', () => {
  const usual = allowedHosts(namesOf('127.0.0.1'), 80)
  expect(isAllowedHost('localhost', usual)).toBe(true)
  expect(mayConnect({ ...good, host: '127.0.0.1', origin: 'http://127.0.0.1' }, usual, token)).toBe(true)
})
