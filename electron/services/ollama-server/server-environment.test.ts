import { homedir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ServerSettings } from '../../../shared/ollama/chosen-settings'
import { serverEnvironment } from './server-environment'

test.each([
  ['~/models', join(homedir(), 'models')],
  ['/srv/~/models', '/srv/~/models'],
  ['/srv/模型', '/srv/模型'],
])('S1: the models folder %s is handed on as %s', (modelsFolder, expected) => {
  const environment = serverEnvironment(ServerSettings.parse({ values: { modelsFolder } }), false)
  expect(environment.OLLAMA_MODELS).toBe(expected)
})
