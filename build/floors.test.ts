import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { brokenArrows, emptyRooms } from './check-floors'
import { doors } from './floors'

const root = resolve(import.meta.dirname, '..')

function sources(): Map<string, string> {
  const paths = ['shared', 'electron', 'renderer', 'build', 'e2e'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(
      (path) => `${folder}/${path.replaceAll('\\', '/')}`,
    ),
  )
  const scripts = paths.filter((path) => /\.[cm]?[jt]sx?$/.test(path) && !path.startsWith('renderer/public/'))
  return new Map(scripts.map((path) => [path, readFileSync(join(root, path), 'utf8')]))
}

test('every import goes down the floors, or through a door with a reason', () => {
  const { broken, unusedDoors } = brokenArrows(sources(), doors)
  expect(broken).toEqual([])
  expect(unusedDoors).toEqual([])
})

test('every room of the table is there', () => expect(emptyRooms([...sources().keys()])).toEqual([]))

const found = (files: Record<string, string>) =>
  brokenArrows(new Map(Object.entries({ ...ground, ...files })), []).broken

/** What the arrows of the examples lead to. */
const ground = {
  'electron/platform/paths.ts': 'export const paths = 1',
  'electron/process/child.ts': "import { paths } from '../platform/paths'",
  'electron/router.ts': 'export type Router = 1',
  'electron/services/gpus/gpus.ts': 'export class Gpus {}',
  'electron/simulator/ollama.ts': 'export {}',
  'renderer/connection/connection.ts': 'export const host = 1',
  'renderer/frame/frame.tsx': 'export type Frame = 1',
  'renderer/views/gpus/gpus-view.tsx': 'export const GpusView = () => <div />',
  'shared/contract/index.ts': "import { z } from 'zod'\nexport type Contract = 1\nexport const contract = z.string()",
  'shared/failure.ts': 'export const failures = {}',
  'electron/services/gpus/gpus.testing.ts': 'export const cards = 1',
  'electron/services/gpus/gpus.test.ts': "import { cards } from './gpus.testing'",
}

const up = 'from renderer/stores/ up to renderer/frame/'

test.each([
  ['an import', "import { Frame } from '../frame/frame'"],
  ['an import for its effect', "import '../frame/frame'"],
  ['an import of a type', "import type { Frame } from '../frame/frame'"],
  ['an import with its ending', "import type { Frame } from '../frame/frame.tsx'"],
  ['a type inside a type', "export type Own = { frame: import('../frame/frame').Frame }"],
  ['a dynamic import', "export const later = () => import('../frame/frame')"],
  ['a dynamic import in a template', 'export const later = () => import(`../frame/frame`)'],
  ['an import over several lines', "import {\n  type Frame,\n} from /* no */ '../frame/frame'"],
  ['a re-export', "export { Frame } from '../frame/frame'"],
  ['a re-export of all', "export * from '../frame/frame'"],
  ['a re-export of a type', "export type { Frame } from '../frame/frame'"],
  ['an import of old', "import Frame = require('../frame/frame')"],
  ['a require', "const { Frame } = require('../frame/frame')"],
])('%s that goes up is named', (_, text) => {
  expect(found({ 'renderer/stores/own.ts': text })).toEqual([
    `renderer/stores/own.ts -> renderer/frame/frame.tsx: ${up}`,
  ])
})

test.each<[string, string, string, string]>([
  [
    'a view imports another view',
    'renderer/views/models/models-view.tsx',
    "import { GpusView } from '../gpus/gpus-view'",
    'renderer/views/gpus/gpus-view.tsx: from renderer/views/models/ to its neighbour renderer/views/gpus/',
  ],
  [
    'a service imports another service, were it for a type',
    'electron/services/models/models.ts',
    "import type { Gpus } from '../gpus/gpus'",
    'electron/services/gpus/gpus.ts: from electron/services/models/ to its neighbour electron/services/gpus/',
  ],
  [
    'a service knows who calls it',
    'electron/services/models/models.ts',
    "import type { Router } from '../../router'",
    'electron/router.ts: from electron/services/models/ up to electron/router.ts',
  ],
  [
    'the ground imports a floor above',
    'electron/platform/logger.ts',
    "import '../process/child'",
    'electron/process/child.ts: from electron/platform/ up to electron/process/',
  ],
  [
    'the simulator shares code with a service',
    'electron/simulator/cards/cards.ts',
    "import { Gpus } from '../../services/gpus/gpus'",
    'electron/services/gpus/gpus.ts: from electron/simulator/ to its neighbour electron/services/gpus/',
  ],
  [
    'the simulator shares knowledge with a service',
    'electron/simulator/cards/cards.ts',
    "import { failures } from '../../../shared/failure'",
    'shared/failure.ts: electron/simulator/ does not look into shared/',
  ],
  [
    'a service starts the simulator',
    'electron/services/models/models.ts',
    "import '../../simulator/ollama'",
    'electron/simulator/ollama.ts: from electron/services/models/ to its neighbour electron/simulator/',
  ],
  [
    'the page imports the privileged side',
    'renderer/stores/own.ts',
    "import type { Gpus } from '../../electron/services/gpus/gpus'",
    'electron/services/gpus/gpus.ts: renderer/ does not look into electron/',
  ],
  [
    'the privileged side imports the page',
    'electron/services/models/models.ts',
    "import type { Frame } from '../../../renderer/frame/frame'",
    'renderer/frame/frame.tsx: electron/ does not look into renderer/',
  ],
  [
    'what both sides share imports one of them',
    'shared/ollama/names.ts',
    "import type { Gpus } from '../../electron/services/gpus/gpus'",
    'electron/services/gpus/gpus.ts: shared/ does not look into electron/',
  ],
  [
    'the contract is imported from below',
    'shared/ollama/names.ts',
    "import type { Contract } from '../contract'",
    'shared/contract/index.ts: from shared/ollama/ up to shared/contract/',
  ],
  [
    'the page takes a value from the contract',
    'renderer/stores/own.ts',
    "import { type Contract, contract } from '../../shared/contract'",
    'shared/contract/index.ts: the page takes only types from the contract',
  ],
  [
    'a chart knows the host',
    'renderer/charts/chart.ts',
    "import { host } from '../connection/connection'",
    'renderer/connection/connection.ts: a chart knows no host',
  ],
  [
    'a component knows the host',
    'renderer/components/card.tsx',
    "import { host } from '../connection/connection'",
    'renderer/connection/connection.ts: from renderer/components/ to its neighbour renderer/connection/',
  ],
  [
    'the product imports what is there for tests',
    'electron/services/gpus/cards.ts',
    "import { cards } from './gpus.testing'",
    'electron/services/gpus/gpus.testing.ts: the product never imports test support',
  ],
  [
    'the product imports a test',
    'electron/services/gpus/cards.ts',
    "import './gpus.test'",
    'electron/services/gpus/gpus.test.ts: the product never imports test support',
  ],
  [
    'a service knows electron',
    'electron/services/gpus/cards.ts',
    "import { app } from 'electron'",
    'electron: this file may not know electron',
  ],
  [
    'shared does input and output',
    'shared/ollama/names.ts',
    "import 'node:fs'",
    'node:fs: shared/ does not use node:fs',
  ],
  ['shared draws', 'shared/ollama/names.ts', "import 'react'", 'react: shared/ does not use react'],
  ['shared starts processes', 'shared/ollama/names.ts', "import 'execa'", 'execa: shared/ does not use execa'],
  ['shared knows electron', 'shared/ollama/names.ts', "import 'electron'", 'electron: shared/ does not use electron'],
  ['the page uses Node', 'renderer/stores/own.ts', "import 'node:fs'", 'node:fs: renderer/ does not use node:fs'],
  ['the page uses Node by its old name', 'renderer/stores/own.ts', "import 'fs'", 'fs: renderer/ does not use node:fs'],
  [
    'an import is put together when it runs',
    'renderer/stores/own.ts',
    'export const load = (name: string) => import("../frame/" + name)',
    '?: an import that nobody can read before it runs',
  ],
])('%s: named', (_, path, text, expected) => {
  expect(found({ [path]: text })).toEqual([`${path} -> ${expected}`])
})

test('files that know each other are named, also when it is for types only', () => {
  const files = {
    'renderer/charts/plot.ts': "import type { Series } from './chart'\nexport type Plot = Series",
    'renderer/charts/chart.ts': "import type { Plot } from './plot'\nexport type Series = { plot?: Plot }",
  }
  expect(found(files)).toEqual([
    'renderer/charts/plot.ts -> renderer/charts/chart.ts -> renderer/charts/plot.ts: a circle',
  ])
})

test('a file of no room is named', () => {
  expect(found({ 'electron/helpers/strings.ts': 'export {}' })).toEqual([
    'electron/helpers/strings.ts: stands on no floor of the table',
  ])
})

test('what goes down, stays in its room or is no import is let through', () => {
  const files = {
    'renderer/stores/own.ts':
      "// import '../frame/frame'\nimport type { Contract } from '../../shared/contract'\nexport const path = '../frame/frame'\nimport { failures } from '../../shared/failure'",
    'renderer/views/gpus/card.tsx': "import { GpusView } from './gpus-view'\nimport '../../stores/own'",
    'electron/main.ts': "import { app } from 'electron'\nimport './router'",
    'e2e/specs/gpus.spec.ts': "import '../../electron/services/gpus/gpus.testing'",
  }
  expect(found(files)).toEqual([])
})

test('an arrow with a door goes through it, and the door that nobody uses is told', () => {
  const door = { from: 'renderer/stores/', to: 'renderer/frame/', why: 'an example' }
  const files = { ...ground, 'renderer/stores/own.ts': "import '../frame/frame'" }
  expect(brokenArrows(new Map(Object.entries(files)), [door])).toEqual({ broken: [], unusedDoors: [] })
  expect(brokenArrows(new Map(Object.entries(ground)), [door])).toEqual({ broken: [], unusedDoors: [door] })
})
