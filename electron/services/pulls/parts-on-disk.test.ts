import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ownModel } from '../../../shared/backends/own'
import { pullsAgainst } from './pulls-under-test.testing'

const part = (N: number) => JSON.stringify({ N, Offset: N * 100, Size: 100, Completed: 40 })
const digest = (letter: string) => `sha256:${letter.repeat(64)}`
const file = (letter: string, end = '') => `sha256-${letter.repeat(64)}${end}`

/** Two models on their way, each with an empty note on a part; a part that is sound, and a file that is there. */
const blobs = {
  [file('a', '-partial')]: '',
  [file('a', '-partial-0')]: part(0),
  [file('a', '-partial-1')]: '',
  [file('b', '-partial')]: '',
  [file('b', '-partial-0')]: '',
  [file('d', '-partial')]: '',
  [file('d', '-partial-0')]: part(0),
  [file('c')]: 'weights',
}
const manifest = { sizeBytes: 1000, digests: [digest('c'), digest('d'), digest('a')] }

let models: string
let foreign: string
beforeEach(() => {
  ;[models = '', foreign = ''] = ['models', 'foreign'].map((name) => {
    const folder = mkdtempSync(join(tmpdir(), `corral-${name}-`))
    mkdirSync(join(folder, 'blobs'))
    for (const [name, text] of Object.entries(blobs)) writeFileSync(join(folder, 'blobs', name), text)
    return folder
  })
})
afterEach(() => {
  for (const folder of [models, foreign]) rmSync(folder, { recursive: true, force: true })
})

const inFolder = (folder: string) => readdirSync(join(folder, 'blobs')).sort()
const everything = Object.keys(blobs).sort()

/** A server that refuses with a bare EOF for as long as the damaged note lies in its folder. */
async function pullWith(known: Parameters<typeof pullsAgainst>[1], serversFolder = models) {
  let count = 0
  const queue = await pullsAgainst((_, response) => {
    count++
    const isDamaged = inFolder(serversFolder).includes(file('a', '-partial-1'))
    response.end(`{"status":"pulling manifest"}\n${isDamaged ? '{"error":"EOF"}' : '{"status":"success"}'}\n`)
  }, known)
  try {
    queue.pulls.add(ownModel('qwen3:8b'))
    const ended = await queue.until(({ state }) => state === 'done' || state === 'failed')
    return { ended, count, told: queue.told }
  } finally {
    await queue.close()
  }
}

test('L1: a file that Ollama cannot go on with is fetched anew, and every other is kept', async () => {
  const { ended, count, told } = await pullWith({ modelsFolder: { path: models, isOurs: true }, manifest })
  expect(ended.state).toBe('done')
  expect(count).toBe(2)
  expect(inFolder(models)).toEqual(everything.filter((name) => !name.startsWith(file('a'))))
  expect(inFolder(foreign)).toEqual(everything)
  expect(told).toEqual([expect.stringContaining(digest('a'))])
})

test.each([
  ['of a folder that is not known', { modelsFolder: null, manifest }],
  ['of a model whose files are not known', {}],
])('L1: the partial files %s are left alone, and that is said', async (_, known) => {
  const { ended, count, told } = await pullWith(known)
  expect(ended).toMatchObject({ state: 'failed', failure: { code: 'partsDamaged', detail: 'EOF' } })
  expect(count).toBe(1)
  expect(told).toEqual([])
  expect(inFolder(models)).toEqual(everything)
})

test('L1: the partial files of a server that is not ours are looked at and left alone', async () => {
  const { ended, count, told } = await pullWith({ modelsFolder: { path: models, isOurs: false }, manifest })
  expect(ended).toMatchObject({ state: 'failed', failure: { code: 'partsDamaged' } })
  expect(count).toBe(1)
  expect(told).toEqual([])
  expect(inFolder(models)).toEqual(everything)
})

test('L1: another model that is damaged as well is not touched', async () => {
  const { ended, count } = await pullWith({
    modelsFolder: { path: models, isOurs: true },
    manifest: { sizeBytes: 1000, digests: [digest('d')] },
  })
  expect(ended).toMatchObject({ state: 'failed', failure: { code: 'registryUnreachable' } })
  expect(count).toBe(1)
  expect(inFolder(models)).toEqual(everything)
})

test('a digest that is none leads to no file', async () => {
  await pullWith({
    modelsFolder: { path: models, isOurs: true },
    manifest: { sizeBytes: 1, digests: ['sha256:../../x', '', 'a'.repeat(64)] },
  })
  expect(inFolder(models)).toEqual(everything)
})

test("L1: a folder whose files lie behind a link in another server's is left alone", async () => {
  const linked = mkdtempSync(join(tmpdir(), 'corral-linked-'))
  try {
    symlinkSync(join(foreign, 'blobs'), join(linked, 'blobs'))
    const { ended } = await pullWith({ modelsFolder: { path: linked, isOurs: true }, manifest })
    expect(ended).toMatchObject({ state: 'failed', failure: { code: 'partsDamaged' } })
    expect(inFolder(foreign)).toEqual(everything)
  } finally {
    rmSync(linked, { recursive: true })
  }
})

test('a models folder that is a link itself is mended', async () => {
  const link = join(foreign, 'link')
  symlinkSync(models, link)
  expect((await pullWith({ modelsFolder: { path: link, isOurs: true }, manifest })).ended.state).toBe('done')
})
