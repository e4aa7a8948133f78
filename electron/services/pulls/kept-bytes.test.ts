import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ownModel } from '../../../shared/backends/own'
import type { Pull } from '../../../shared/contract/pulls'
import { pullsAgainst } from './pulls-under-test.testing'

const digest = (letter: string) => `sha256:${letter.repeat(64)}`
const blob = (letter: string, end = '') => join(models, 'blobs', `sha256-${letter.repeat(64)}${end}`)
const note = (N: number, Completed: number) => JSON.stringify({ N, Offset: N * 1000, Size: 1000, Completed })
const layer = (letter: string, total: number, completed: number) =>
  `${JSON.stringify({ status: `pulling ${letter}`, digest: digest(letter), total, completed })}\n`

let models: string
beforeEach(() => {
  models = mkdtempSync(join(tmpdir(), 'corral-kept-'))
  mkdirSync(join(models, 'blobs'))
})
afterEach(() => rmSync(models, { recursive: true, force: true }))

/** A server that tells these lines and then, unless it stays silent, this error. */
async function pullOf(lines: string, error: string | null, isKnown: boolean): Promise<Pull> {
  const modelsFolder = isKnown ? { path: models, isOurs: false } : null
  const { pulls, until, close } = await pullsAgainst(
    (_, response) => {
      response.write(lines)
      if (error) response.end(`${JSON.stringify({ error })}\n`)
    },
    { modelsFolder },
  )
  try {
    pulls.add(ownModel('qwen3:8b'))
    if (error) return await until(({ state }) => state === 'failed')
    await until(({ completedBytes }) => completedBytes > 0)
    pulls.cancel(ownModel('qwen3:8b'))
    return await until(({ state, keptBytes }) => state === 'stopped' && (!isKnown || keptBytes !== null))
  } finally {
    await close()
  }
}

test('L9: a file that arrived corrupt is gone, and is not said to be kept', async () => {
  writeFileSync(blob('b'), 'template')
  const lines = `${layer('a', 3000, 3000) + layer('b', 8, 8)}{"status":"verifying sha256 digest"}\n`
  const failed = await pullOf(lines, `digest mismatch, file must be downloaded again: want ${digest('a')}`, true)
  expect(failed).toMatchObject({
    failure: { code: 'downloadDamaged' },
    keptBytes: 8,
    completedBytes: 8,
    totalBytes: 3008,
  })
})

test('L9: of a disk that is full only what Ollama has written down is kept, however large the file is', async () => {
  writeFileSync(blob('a', '-partial'), '')
  truncateSync(blob('a', '-partial'), 3000)
  writeFileSync(blob('a', '-partial-0'), note(0, 200))
  writeFileSync(blob('a', '-partial-1'), note(1, 0))
  writeFileSync(blob('a', '-partial-2'), '') // it died while it wrote this one
  const failed = await pullOf(layer('a', 3000, 2600), `write ${blob('a', '-partial')}: no space left on device`, true)
  expect(failed).toMatchObject({ failure: { code: 'diskFull' }, keptBytes: 200, completedBytes: 200 })
})

test('L9: nothing is said to be kept in a folder that is not known', async () => {
  const failed = await pullOf(layer('a', 3000, 2600), 'max retries exceeded: unexpected EOF', false)
  expect(failed).toMatchObject({ state: 'failed', keptBytes: null, completedBytes: 2600 })
  const stopped = await pullOf(layer('a', 3000, 2600), null, false)
  expect(stopped).toMatchObject({ keptBytes: null, completedBytes: 2600 })
})

test('L9: a pull that is paused tells what lies on the disk', async () => {
  writeFileSync(blob('a', '-partial-0'), note(0, 900))
  expect(await pullOf(layer('a', 3000, 1500), null, true)).toMatchObject({ keptBytes: 900, completedBytes: 900 })
})
