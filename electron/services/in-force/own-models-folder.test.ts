import { expect, test } from 'vitest'
import { ServerSettings } from '../../../shared/ollama/chosen-settings'
import { ownModelsFolder } from './own-models-folder'

const applied = ServerSettings.parse({})
const said = (text: string, number = 1) => ({
  number,
  atMs: 0,
  stream: 'stderr' as const,
  level: 'info' as const,
  text,
})
const start = (folder: string) =>
  said(
    `time=2026-11-22T22:49:26.784Z level=INFO source=routes.go:1951 msg="server config" env="map[OLLAMA_HOST:http://127.0.0.1:11434 OLLAMA_MODELS:${folder} OLLAMA_NOPRUNE:false]"`,
  )

test.each([
  ['/srv/ollama/models', '/srv/ollama/models'],
  ['/srv/Zhang San/models', '/srv/Zhang San/models'],
  ['/srv/张\\u3000庭 綱/models', '/srv/张\u3000庭 綱/models'],
  ['/srv/a \\"b\\"/models', '/srv/a "b"/models'],
  ['models', null],
  ['/a OLLAMA_X:y/z', null],
  ['/a OLLAMA_MP:y/z', null],
  ['/a OLLAMA_NOHISTORY:true OLLAMA_MODELS:/b', null],
  ['/a OLLAMA_NOPRUNE:true', null],
  ['C:\\\\Users\\\\张三\\\\models', process.platform === 'win32' ? 'C:\\Users\\张三\\models' : null],
])('the folder of our server is the one that its log names: %s', (written, folder) => {
  expect(ownModelsFolder(applied, { lines: [start(written), start('/somebody/elses')] })).toBe(folder)
})

test('the folder of a server that is not ours, or that has said nothing, is not known', () => {
  expect(ownModelsFolder(null, { lines: [start('/srv/models')] })).toBeNull()
  expect(ownModelsFolder(applied, { lines: [] })).toBeNull()
})

test.each([
  '[GIN] 2026/11/30 - 05:00:00 | 404 | 5.1µs | 127.0.0.1 | GET      "/server config map[OLLAMA_MODELS:/evil OLLAMA_NOPRUNE:true]"',
  'x msg="server config" env="map[OLLAMA_MODELS:/evil OLLAMA_NOPRUNE:true]"',
  'time=2026-11-22T22:49:26.784Z level=INFO source=a.go:1 msg="pulling server config env=\\"map[OLLAMA_MODELS:/evil OLLAMA_NOPRUNE:true]\\""',
  'server config env="map[OLLAMA_MODELS:/evil OLLAMA_NOPRUNE:true]"',
])('L1: what somebody makes the server write is not its configuration: %s', (text) => {
  expect(ownModelsFolder(applied, { lines: [said(text)] })).toBeNull()
  expect(ownModelsFolder(applied, { lines: [said(text), start('/srv/models')] })).toBe('/srv/models')
})

test.each(['stdout', 'corral'] as const)("L1: a line of %s is not the server's word", (stream) => {
  expect(ownModelsFolder(applied, { lines: [{ ...start('/evil'), stream }] })).toBeNull()
})

test('an old server names its folder in its own kind of line', () => {
  const line = said(
    '2026/11/22 23:00:24 routes.go:1205: INFO server config env="map[HTTPS_PROXY: OLLAMA_MODELS:/srv/m OLLAMA_MULTIUSER_CACHE:false no_proxy:]"',
  )
  expect(ownModelsFolder(applied, { lines: [line] })).toBe('/srv/m')
})
