import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { pullsAgainst } from './pulls-under-test'

const part = (N: number) => JSON.stringify({ N, Offset: N * 100, Size: 100, Completed: 40 })
const file = (letter: string, end = '') => `sha256-${letter.repeat(64)}${end}`

/** Two files on their way and one that is there; of the first, the note on one part was left empty. */
const blobs = {
  [file('a', '-partial')]: '',
  [file('a', '-partial-0')]: part(0),
  [file('a', '-partial-1')]: '',
  [file('b', '-partial')]: '',
  [file('b', '-partial-0')]: part(0),
  [file('c')]: 'weights',
}

test('a file that Ollama cannot go on with is fetched anew, and the others are kept', async () => {
  let count = 0
  const { pulls, until, folder, close } = await pullsAgainst((_, response) => {
    count++
    const isDamaged = readdirSync(join(folder, 'blobs')).includes(file('a', '-partial-1'))
    response.end(`{"status":"pulling manifest"}\n${isDamaged ? '{"error":"EOF"}' : '{"status":"success"}'}\n`)
  })
  try {
    mkdirSync(join(folder, 'blobs'))
    for (const [name, text] of Object.entries(blobs)) writeFileSync(join(folder, 'blobs', name), text)
    pulls.add('qwen3:8b')
    await until(({ state }) => state === 'done')
    expect(count).toBe(2)
    const left = [file('b', '-partial'), file('b', '-partial-0'), file('c')]
    expect(readdirSync(join(folder, 'blobs')).sort()).toEqual(left)
  } finally {
    await close()
  }
})

test('where nothing is found to mend, the pull fails once and is not tried again', async () => {
  let count = 0
  const { pulls, until, close } = await pullsAgainst((_, response) => {
    count++
    response.end('{"status":"pulling manifest"}\n{"error":"EOF"}\n')
  })
  try {
    pulls.add('qwen3:8b')
    expect(await until(({ state }) => state === 'failed')).toMatchObject({ failure: { code: 'pullFailed' } })
    expect(count).toBe(1)
  } finally {
    await close()
  }
})
