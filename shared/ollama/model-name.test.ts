import { expect, test } from 'vitest'
import { isLocalRegistry, isSameModel, listedName, parseModelName } from './model-name'

test.each([
  ['llama3.3:70b-instruct-q4_K_M', 'llama3.3:70b-instruct-q4_K_M'],
  ['  qwen3 ', 'qwen3:latest'],
  ['library/qwen3:8b', 'qwen3:8b'],
  ['someone/model:tag', 'someone/model:tag'],
  ['hf.co/bartowski/Llama-3.2-3B-Instruct-GGUF:Q4_K_M', 'hf.co/bartowski/Llama-3.2-3B-Instruct-GGUF:Q4_K_M'],
  ['127.0.0.1:5000/library/big:latest', '127.0.0.1:5000/library/big:latest'],
  ['registry.ollama.ai/library/qwen3:8b', 'qwen3:8b'],
])('%s is listed as %s', (text, listed) => {
  const name = parseModelName(text)
  expect('problem' in name ? name.problem : listedName(name)).toBe(listed)
})

test.each([
  ['', 'empty'],
  ['https://ollama.com/library/qwen3', 'scheme'],
  ['bad name!!', 'blank'],
  ['a/b/c/d', 'parts'],
  ['model:tag:more', 'parts'],
  ['-model', 'characters'],
  ['bad!', 'characters'],
  ['name.space/model', 'owner'],
  ['hf.co/Llama-3.2-3B-Instruct-GGUF', 'owner'],
  ['127.0.0.1:5000/big', 'owner'],
  ['localhost:5000/big:latest', 'owner'],
  ['../../etc/passwd', 'parts'],
  ['../passwd', 'characters'],
  ['a'.repeat(300), 'long'],
  [`${'a'.repeat(300)}!`, 'characters'],
  [`qwen3:${'b'.repeat(81)}`, 'long'],
  [`qwen3@sha256:${'0'.repeat(64)}`, 'digest'],
])('%s is no name: %s', (text, problem) => expect(parseModelName(text)).toEqual({ problem }))

test.each([
  ['127.0.0.1:5000/library/big', true],
  ['127.8.0.1/library/big', true],
  ['localhost/library/big', true],
  ['hf.co/a/b', false],
  ['127.evil.example/a/b', false],
  ['127.0.0.1.evil.example/a/b', false],
  ['localhost.evil.example/a/b', false],
])('%s comes from a registry of this machine: %s', (text, expected) => {
  const name = parseModelName(text)
  expect('host' in name && isLocalRegistry(name)).toBe(expected)
})

test.each([
  ['qwen3', 'qwen3:latest', true],
  ['Qwen3:8B', 'qwen3:8b', true],
  ['registry.ollama.ai/library/qwen3:8b', 'qwen3:8b', true],
  ['hf.co/unsloth/big-GGUF:Q4_K_M', 'hf.co/unsloth/big-gguf:q4_k_m', true],
  ['me/qwen3', 'qwen3', false],
  ['qwen3:8b', 'qwen3', false],
  ['not a name', 'NOT A NAME', true],
])('%s and %s are the same model: %s', (left, right, isSame) => expect(isSameModel(left, right)).toBe(isSame))
