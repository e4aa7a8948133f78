import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { help } from '../electron/launch-options'

const root = resolve(import.meta.dirname, '..')

test('the help is printed where nothing is built yet, and nothing to build with', () => {
  const folder = mkdtempSync(join(tmpdir(), 'corral-start-'))
  try {
    cpSync(join(root, 'build'), join(folder, 'build'), { recursive: true })
    cpSync(join(root, 'electron/help.json'), join(folder, 'electron/help.json'))
    cpSync(join(root, 'package.json'), join(folder, 'package.json'))
    const said = execFileSync(process.execPath, [join(folder, 'build/start.mjs'), '--help'], { encoding: 'utf8' })
    expect(said).toBe(help)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
