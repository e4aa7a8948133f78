import { expect, test } from 'vitest'
import { parseLaunchOptions } from './launch-options'

test('without a word, Corral takes its usual port on loopback and opens a browser', () => {
  expect(parseLaunchOptions([])).toEqual({
    isHelp: false,
    isWeb: false,
    isDemo: false,
    port: 7860,
    bindAddress: '127.0.0.1',
    dataFolder: null,
    opensBrowser: true,
    renewsLink: false,
  })
})

test('a headless box names its port and its folder', () => {
  const options = parseLaunchOptions(['--web', '--port', '0', '--data', '/srv/corral', '--no-open'])
  expect(options).toMatchObject({ isWeb: true, port: 0, dataFolder: '/srv/corral', opensBrowser: false })
})

test('F17: the link is renewed when that is asked for', () => {
  expect(parseLaunchOptions(['--web', '--new-link']).renewsLink).toBe(true)
})

test('an address for the network means the web host', () => {
  expect(parseLaunchOptions(['--bind', '0.0.0.0']).isWeb).toBe(true)
})

test.each([
  [['--port', '99999'], '--port takes a number'],
  [['--port', 'abc'], '--port takes a number'],
  [['--port', ''], '--port takes a number'],
  [['--data', ''], '--data takes a folder'],
  [['--prot', '1'], '--prot'],
])('%j is refused with a sentence', (commandArguments, sentence) => {
  expect(() => parseLaunchOptions(commandArguments)).toThrow(sentence)
})
