import { expect, test } from 'vitest'
import { ownArguments } from './own-arguments'

test.each([
  [['electron', '.', '--demo'], false, ['--demo']],
  [['electron', '--no-sandbox', '/corral', '--data', '/srv'], false, ['--data', '/srv']],
  [['corral', '--data', '/srv', '--no-open'], true, ['--data', '/srv', '--no-open']],
  [['corral', '--no-sandbox', '--remote-debugging-port=0', '--demo'], true, ['--demo']],
  [['corral'], true, []],
])('%j, packaged %j, leaves %j for Corral', (commandLine, isPackaged, expected) =>
  expect(ownArguments(commandLine, isPackaged)).toEqual(expected),
)
