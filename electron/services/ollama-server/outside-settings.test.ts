import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { outsideSettings } from './outside-settings'
import { readServiceUnit } from './service-unit'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'corral-unit-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function write(file: string, text: string) {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
}

const unit =
  '[Unit]\nDescription=x\n[Service]\nUser=ollama\nExecStart=/usr/local/bin/ollama serve\nEnvironment="PATH=/bin"\n'
const passwd = 'root:x:0:0:root:/root:/bin/bash\nollama:x:998:998::/usr/share/ollama:/bin/false\n'

test('S1: the folder of the service is that of its user, where its unit names none', () => {
  write('etc/systemd/system/ollama.service', unit)
  write('etc/passwd', passwd)
  mkdirSync(join(root, 'usr/share/ollama/.ollama/models'), { recursive: true })
  expect(readServiceUnit(root)).toMatchObject({ modelsFolder: '/usr/share/ollama/.ollama/models' })
})

test.each([
  ['Environment=OLLAMA_MODELS=/srv/m', '/srv/m'],
  ['Environment="OLLAMA_MODELS=/srv/my models"', '/srv/my models'],
  ['Environment=OLLAMA_MODELS="/srv/my models" OLLAMA_DEBUG=1', '/srv/my models'],
  ["Environment='OLLAMA_MODELS=/srv/张庭'", '/srv/张庭'],
  ['Environment=OLLAMA_DEBUG=1 \\\n  OLLAMA_MODELS=/srv/m', '/srv/m'],
  ['Environment=OLLAMA_MODELS=/a\nEnvironment=OLLAMA_MODELS=/b', '/b'],
  ['Environment=OLLAMA_MODELS=/a\nEnvironment=', null],
  ['# Environment=OLLAMA_MODELS=/a', null],
  ['EnvironmentFile=-/etc/default/ollama', '/from/file'],
  ['EnvironmentFile=/no/such', null],
])('S1: a unit that says %s has its models in %s', (line, folder) => {
  write('etc/systemd/system/ollama.service', `${unit}${line}\n[Install]\nEnvironment=OLLAMA_MODELS=/wrong\n`)
  write('etc/default/ollama', '# note\nOLLAMA_MODELS=/from/file\n')
  expect(readServiceUnit(root)).toMatchObject({ modelsFolder: folder })
})

test('S1: what was added to the unit comes after it', () => {
  write('usr/lib/systemd/system/ollama.service', `${unit}Environment=OLLAMA_MODELS=/a\n`)
  write('etc/systemd/system/ollama.service.d/override.conf', '[Service]\nEnvironment="OLLAMA_MODELS=/b"\n')
  write('etc/systemd/system/ollama.service.d/note.txt', '[Service]\nEnvironment="OLLAMA_MODELS=/c"\n')
  expect(readServiceUnit(root)).toMatchObject({ modelsFolder: '/b' })
})

test('a machine without the service has none', () => expect(readServiceUnit(root)).toBeNull())

test('S1: what lies outside the form is told with where it is from, and nothing else', () => {
  const environment = {
    OLLAMA_MODELS: '/big',
    OLLAMA_NO_CLOUD: '1',
    OLLAMA_LIBRARY_PATH: '/x',
    PATH: '/bin',
    OLLAMA_X: '',
  }
  const service = { file: 'f', environment: { OLLAMA_HOST: '0.0.0.0', LANG: 'C' }, modelsFolder: '/usr/share/m' }
  expect(outsideSettings({ environment, unit: () => service, home: '/home/me' })).toEqual({
    variables: [
      { name: 'OLLAMA_MODELS', value: '/big', source: 'environment' },
      { name: 'OLLAMA_NO_CLOUD', value: '1', source: 'environment' },
      { name: 'OLLAMA_HOST', value: '0.0.0.0', source: 'service' },
      { name: 'OLLAMA_MODELS', value: '/usr/share/m', source: 'service' },
    ],
    usualModelsFolder: '/home/me/.ollama/models',
  })
})
