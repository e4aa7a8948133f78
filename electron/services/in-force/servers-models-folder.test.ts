import { expect, test } from 'vitest'
import type { Server } from '../../../shared/contract/server'
import { ServerSettings } from '../../../shared/ollama/chosen-settings'
import { serversModelsFolder } from './servers-models-folder'

const settings = (modelsFolder?: string) => ServerSettings.parse({ values: modelsFolder ? { modelsFolder } : {} })
const always = {
  program: null,
  programs: [],
  host: '127.0.0.1',
  port: 11434,
  exit: null,
  crashCount: 0,
  isSimulated: false,
}
const running = { version: '0.33.0', pid: 7, programFile: null, startedAtMs: null, restartDue: false, ...always }
const stopped: Server = { state: 'stopped', ...always }
const ready: Server = { state: 'ready', owner: 'corral', ...running }
const starting: Server = { state: 'starting', owner: 'corral', ...running }
const adopted: Server = { state: 'adopted', owner: 'systemd', ...running }

const line = {
  number: 1,
  atMs: 0,
  stream: 'stderr' as const,
  level: 'info' as const,
  text: 'time=2026-11-22T22:49:26.784Z level=INFO source=routes.go:1951 msg="server config" env="map[OLLAMA_MODELS:/named OLLAMA_NOPRUNE:false]"',
}

type Known = {
  server: Server
  applied?: ServerSettings | null
  says?: boolean
  environment?: Record<string, string> | null
  saved?: ServerSettings
}

const folderOf = ({ server, applied = null, says = false, environment = null, saved = settings('/form') }: Known) =>
  serversModelsFolder({
    server,
    applied,
    log: { lines: says ? [line] : [] },
    environmentOf: (pid) => (pid === 7 ? environment : null),
    folderFor: (chosen) => chosen ?? '/home/me/.ollama/models',
    saved,
  })

const cases: [what: string, known: Known, folder: string | null, isOurs: boolean][] = [
  ['our server that has named its folder', { server: ready, applied: settings('/form'), says: true }, '/named', true],
  [
    'our server, whatever its environment says',
    { server: ready, applied: settings(), says: true, environment: { OLLAMA_MODELS: '/other' } },
    '/named',
    true,
  ],
  [
    'our server that has not named it yet, by its environment',
    { server: starting, applied: settings(), environment: { HOME: '/home/you' } },
    '/home/you/.ollama/models',
    false,
  ],
  [
    'our server that nothing can be read of, by what it was started with',
    { server: ready, applied: settings('/given'), saved: settings('/changed-since') },
    '/given',
    false,
  ],
  [
    'an adopted server, by its environment and not by the form',
    { server: adopted, environment: { OLLAMA_MODELS: '/theirs', HOME: '/home/you' } },
    '/theirs',
    false,
  ],
  [
    'an adopted server without the variable',
    { server: adopted, environment: { HOME: '/srv/ollama' } },
    '/srv/ollama/.ollama/models',
    false,
  ],
  [
    'an adopted server with quotes around it',
    { server: adopted, environment: { OLLAMA_MODELS: ' "/a b" ' } },
    '/a b',
    false,
  ],
  [
    'an adopted server, whatever an old log says',
    { server: adopted, says: true, environment: { OLLAMA_MODELS: '/theirs' } },
    '/theirs',
    false,
  ],
  ['an adopted server that cannot be read', { server: adopted, says: true }, null, false],
  [
    'an adopted server with a folder below its own',
    { server: adopted, environment: { OLLAMA_MODELS: 'models' } },
    null,
    false,
  ],
  ['no server, by what the next start is given', { server: stopped, says: true }, '/form', false],
  ['no server and nothing set', { server: stopped, saved: settings() }, '/home/me/.ollama/models', false],
]

test.each(cases)('S1 L1 L3: the folder of %s', (_, known, path, isOurs) =>
  expect(folderOf(known)).toEqual(path && { path, isOurs }),
)
