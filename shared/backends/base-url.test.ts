import { expect, test } from 'vitest'
import { type Protocol, readBaseUrl } from './base-url'

const asked = (typed: string, protocol: Protocol = 'openai') => {
  const read = readBaseUrl(typed, protocol)
  return read.ok ? read.addresses : read.problem
}

const usual = { chatUrl: 'https://api.example.com/v1/chat/completions', modelsUrl: 'https://api.example.com/v1/models' }

test.each([
  'https://api.example.com',
  'https://api.example.com/',
  'https://api.example.com/v1',
  'https://api.example.com/v1/',
  'https://api.example.com/v1/chat/completions',
  'https://api.example.com/v1/chat/completions/',
  '  https://api.example.com/v1  ',
  'api.example.com',
  'HTTPS://API.example.com',
])('R6: %s asks the usual address', (typed) => {
  expect(asked(typed)).toEqual(usual)
})

test.each<[string, string, string | null]>([
  ['https://x.example.com/custom/chat#', 'https://x.example.com/custom/chat', null],
  [
    'https://x.example.com/openai/v1',
    'https://x.example.com/openai/v1/chat/completions',
    'https://x.example.com/openai/v1/models',
  ],
  [
    'https://x.example.com/api/paas/v4',
    'https://x.example.com/api/paas/v4/chat/completions',
    'https://x.example.com/api/paas/v4/models',
  ],
  [
    'https://x.example.com/api/paas/v4/',
    'https://x.example.com/api/paas/v4/chat/completions',
    'https://x.example.com/api/paas/v4/models',
  ],
  ['http://127.0.0.1:3000', 'http://127.0.0.1:3000/v1/chat/completions', 'http://127.0.0.1:3000/v1/models'],
  ['127.0.0.1:3000', 'http://127.0.0.1:3000/v1/chat/completions', 'http://127.0.0.1:3000/v1/models'],
  ['localhost:8080/v1', 'http://localhost:8080/v1/chat/completions', 'http://localhost:8080/v1/models'],
  [
    'https://x.example.com/v1?api-version=2',
    'https://x.example.com/v1/chat/completions?api-version=2',
    'https://x.example.com/v1/models?api-version=2',
  ],
])('R6: %s asks %s', (typed, chatUrl, modelsUrl) => {
  expect(asked(typed)).toEqual({ chatUrl, modelsUrl })
})

test.each<[string, string]>([
  ['http://127.0.0.1:11434', 'http://127.0.0.1:11434/api/chat'],
  ['127.0.0.1:11434/', 'http://127.0.0.1:11434/api/chat'],
  ['http://box:11434/v1', 'http://box:11434/api/chat'],
  ['http://box:11434/api', 'http://box:11434/api/chat'],
  ['http://box:11434/api/chat', 'http://box:11434/api/chat'],
  ['https://box.example.com/ollama', 'https://box.example.com/ollama/api/chat'],
  ['https://box.example.com/ollama/api', 'https://box.example.com/ollama/api/chat'],
])('R6: of Ollama %s asks %s', (typed, chatUrl) => {
  expect(asked(typed, 'ollama')).toMatchObject({ chatUrl })
})

test.each<[string, string]>([
  ['', 'empty'],
  ['ＨＴＴＰＳ：//api.example.com', 'fullWidth'],
  ['https：//api.example.com', 'fullWidth'],
  ['https://api.example.com。', 'fullWidth'],
  ['ftp://api.example.com', 'notHttp'],
  ['https://', 'notAnAddress'],
  ['https://exa mple.com', 'notAnAddress'],
  ['https://user:secret@api.example.com', 'holdsPassword'],
  ['http://169.254.169.254/latest', 'linkLocal'],
  ['http://[fe80::1]/', 'linkLocal'],
  ['http://metadata.google.internal', 'linkLocal'],
])('R6: "%s" is refused: %s', (typed, problem) => {
  expect(asked(typed)).toBe(problem)
})
