import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test, vi } from 'vitest'
import { findProcess } from './process-list'
import { endProcess } from './process-tree'

test('a process that does not end when asked is ended by force, whatever the clock does meanwhile', async () => {
  const stubborn = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('here')"
  const child = spawn(process.execPath, ['-e', stubborn], { stdio: ['ignore', 'pipe', 'ignore'] })
  const ended = once(child, 'exit')
  await once(child.stdout, 'data')
  const known = await findProcess(child.pid ?? -1)
  const setBackMs = Date.now() - 3_600_000
  let asked = 0
  const clock = vi.spyOn(Date, 'now').mockImplementation(() => (asked++ === 0 ? setBackMs + 3_600_000 : setBackMs))
  try {
    await endProcess({ pid: child.pid ?? -1, mark: known?.mark ?? '' }, 200)
  } finally {
    clock.mockRestore()
    child.kill('SIGKILL')
  }
  expect(await ended).toEqual([null, 'SIGKILL'])
}, 5000)
