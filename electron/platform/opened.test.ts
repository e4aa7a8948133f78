import { expect, test } from 'vitest'
import { Opened } from './opened'

test('what was opened last is closed first, each once, and one that fails keeps none from ending', async () => {
  const opened = new Opened()
  const closed: string[] = []
  const failed: unknown[] = []
  opened.onClose(() => closed.push('lock'))
  opened.onClose(() => Promise.reject(new Error('database or disk is full')))
  opened.onClose(({ leaveServer }) => closed.push(`server, left: ${leaveServer}`))
  const close = () => opened.close({ leaveServer: true }, (error) => failed.push(error))
  await close()
  await close()
  expect(closed).toEqual(['server, left: true', 'lock'])
  expect(failed).toHaveLength(1)
})
