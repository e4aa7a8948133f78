import { describe, expect, it, test } from 'vitest'
import { searchPalette, typedId } from './palette-search'
import { alsoCalled } from './palette-words'

const setting = (label: string, description: string, ...keywords: string[]) => ({
  id: `${label} ${description}`,
  label,
  description,
  keywords,
})

const entries = [
  { group: 'Screens', actions: [setting('GPUs', ''), setting('Server', '')] },
  {
    group: 'Models',
    actions: [setting('llama3.2:1b', ''), setting('qwen3:8b', '')],
  },
  {
    group: 'Settings',
    actions: [
      setting('Parallel requests', 'OLLAMA_NUM_PARALLEL'),
      setting('Visible GPUs', 'CUDA_VISIBLE_DEVICES'),
      setting('GPU library', 'OLLAMA_LLM_LIBRARY'),
      setting('KV 缓存类型', 'OLLAMA_KV_CACHE_TYPE', 'KV cache type'),
      setting('Flash attention', 'OLLAMA_FLASH_ATTENTION'),
    ],
  },
]

const found = (query: string) =>
  searchPalette(query, entries).flatMap((entry) => ('actions' in entry ? entry.actions.map(({ label }) => label) : []))

test.each([
  ['gpu', ['GPUs', 'GPU library', 'Visible GPUs']],
  ['parallel', ['Parallel requests']],
  ['OLLAMA_NUM_PARALLEL', ['Parallel requests']],
  ['num par', ['Parallel requests']],
  ['requests parallel', ['Parallel requests']],
  ['cache type', ['KV 缓存类型']],
  ['缓存', ['KV 缓存类型']],
  ['llama3.2', ['llama3.2:1b']],
  ['paralel', ['Parallel requests']],
  ['flashatn', ['Flash attention']],
  ['xyz', []],
])('%s finds what is meant', (query, labels) => {
  expect(found(query)).toEqual(labels)
})

describe('F29: the palette finds what people look for', () => {
  const words = (id: string, ...texts: string[]) => [...texts, alsoCalled[id] ?? '']
  const sentence = ' deletes partial downloads at startup unless this is on.'
  const all = [
    {
      group: 'Screens',
      actions: [
        { id: 'screen-gpus', label: 'GPUs', keywords: words('screen-gpus', 'GPUs', 'GPU') },
        { id: 'screen-settings', label: 'Settings', keywords: words('screen-settings', 'Settings', '设置') },
      ],
    },
    {
      group: 'Actions',
      actions: [
        { id: 'restart', label: 'Restart server', keywords: words('restart', 'Restart server', '重启服务') },
        { id: 'log', label: 'Open the log', keywords: words('log', 'Open the log', '打开日志') },
        { id: 'inForce', label: 'Show values in effect', keywords: words('inForce', '查看实际生效的值') },
        { id: 'leave-simulator', label: 'Exit simulator', keywords: words('leaveSimulator', '退出模拟器') },
      ],
    },
    {
      group: 'Models',
      actions: [
        { id: 'model-qwen3:8b', label: 'qwen3:8b' },
        { id: 'load-qwen3:8b', label: 'Load qwen3:8b', keywords: words('load', '加载 qwen3:8b') },
      ],
    },
    { group: 'Chats', actions: [{ id: 'conversation-1', label: '两张显卡跑 70B', keywords: words('conversation') }] },
    { group: 'Benchmarks', actions: [{ id: 'run-1', label: 'qwen3:8b, benchmark of 11:05', keywords: words('run') }] },
    {
      group: 'Settings',
      actions: [
        { id: 'a', label: 'Parallel requests', description: 'OLLAMA_NUM_PARALLEL', keywords: ['并发请求数', sentence] },
        { id: 'b', label: 'Visible GPUs', description: 'CUDA_VISIBLE_DEVICES' },
      ],
    },
    {
      group: 'Preferences',
      actions: [{ id: 'dark', label: 'Dark appearance', keywords: words('dark', 'Dark appearance', '深色外观') }],
    },
  ]
  const foundIn = (query: string) =>
    searchPalette(query, all).flatMap((entry) => ('actions' in entry ? entry.actions.map(({ id }) => id) : []))

  it.each([
    ['显存', 'screen-gpus'],
    ['VRAM', 'screen-gpus'],
    ['重启', 'restart'],
    ['日志', 'log'],
    ['log', 'log'],
    ['in force', 'inForce'],
    ['生效', 'inForce'],
    ['加载', 'load-qwen3:8b'],
    ['load qwen', 'load-qwen3:8b'],
    ['70B', 'conversation-1'],
    ['跑分', 'run-1'],
    ['result', 'run-1'],
    ['退出', 'leave-simulator'],
    ['leave', 'leave-simulator'],
    ['深色', 'dark'],
    ['theme', 'dark'],
    ['并发', 'a'],
    ['partial downloads', 'a'],
    ['num_parallel', 'a'],
    ['OLLAMA_NUM', 'a'],
  ])('%s', (query, id) => {
    expect(foundIn(query)).toContain(id)
  })

  it('F29: the prefix of nearly every variable finds none of them', () => {
    for (const query of ['llama', 'ollama', 'Ollama']) expect(foundIn(query)).not.toContain('a')
  })

  it('F29: what is done to one of many is not offered before a word is typed', () => {
    expect(foundIn('')).not.toContain('load-qwen3:8b')
    expect(foundIn('')).not.toContain('run-1')
    expect(foundIn('')).toContain('model-qwen3:8b')
  })

  it('F29: what was typed can be pulled, after all that is here already', () => {
    const typed = { group: 'Registry', actions: [{ id: typedId, label: 'Pull qwen3:14b' }] }
    const found = searchPalette('qwen3', [typed, ...all]).flatMap((entry) => ('actions' in entry ? entry.actions : []))
    expect(found.map(({ id }) => id).at(-1)).toBe(typedId)
    expect(found.length).toBeGreaterThan(1)
  })
})

test('a guess is made only where nothing holds the words', () => {
  expect(found('vis')).toEqual(['Visible GPUs'])
})

test('nothing typed shows everything in its order', () => {
  expect(found('')).toHaveLength(9)
  expect(found('')[0]).toBe('GPUs')
})
