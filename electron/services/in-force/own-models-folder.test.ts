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
])('the folder of our server is the one that its log names: %s', (written, folder) => {
  expect(ownModelsFolder(applied, { lines: [start('/old'), start(written)] })).toBe(folder)
})

test('the folder of a server that is not ours, or that has said nothing, is not known', () => {
  expect(ownModelsFolder(null, { lines: [start('/srv/models')] })).toBeNull()
  expect(ownModelsFolder(applied, { lines: [] })).toBeNull()
})
