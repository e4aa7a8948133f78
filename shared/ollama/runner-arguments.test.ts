import { expect, test } from 'vitest'
import { nastyWeights } from './nasty-paths.testing'
import { runnerContext, runnerOption, runnerParallel } from './runner-arguments'

test.each(nastyWeights)('L6: the arguments of a runner are read past the path of $path', ({ path }) => {
  const old = `/usr/lib/ollama/ollama runner --model ${path} --ctx-size 8192 --batch-size 512 --parallel 4 --port 40001`
  const young = `/lib/llama-server --port 2 --model "${path}" --mmproj "${path}" -c 4096 -np 1 --flash-attn on`
  expect([runnerContext(old), runnerParallel(old), runnerOption(old, '--port')]).toEqual([2048, '4', '40001'])
  expect([runnerContext(young), runnerParallel(young), runnerOption(young, '--port')]).toEqual([4096, '1', '2'])
})

test.each(nastyWeights)('L6: a program that lies in such a folder is read past as well: $path', ({ path }) => {
  expect(runnerContext(`${path}/ollama runner --ollama-engine --model ${path} --ctx-size 512`)).toBe(512)
  expect(runnerContext(`"${path}\\llama-server.exe" --model ${path} -c 1024 -np 2`)).toBe(512)
})

test('a runner that does not say its context has none that is known', () => {
  expect(runnerContext('ollama runner --model /m/sha256-ab --port 1')).toBeNull()
  expect(runnerContext('ollama runner --model /m/sha256-ab --ctx-size x --parallel 2')).toBeNull()
})
