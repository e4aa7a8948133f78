import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Children } from './children'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'corral-children-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a record that cannot be written holds up neither a child nor its end', async () => {
  const failed: string[] = []
  const logger = { info() {}, warn() {}, error: (message: string) => void failed.push(message) }
  const children = new Children(join(folder, 'gone', 'children.json'), logger)
  rmSync(join(folder, 'gone'), { recursive: true })
  const child = children.start({ file: process.execPath, leadingArguments: [], environment: {} }, [
    '-e',
    'setInterval(() => {}, 1000)',
  ])
  await expect.poll(() => failed).toHaveLength(1)
  await children.close()
  await child.exited
  expect(failed).toHaveLength(2)
})
