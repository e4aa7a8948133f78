import { describe, expect, it } from 'vitest'
import { shortName, splitName } from './split-name'

describe('F14: a name that is too long loses its middle', () => {
  it.each([
    ['qwen3:8b', ''],
    ['hf.co/bartowski/Llama-3.3-70B-Instruct-GGUF:Q4_K_M', ':Q4_K_M'],
    ['hf.co/bartowski/Llama-3.3-70B-Instruct-GGUF:Q5_K_M', ':Q5_K_M'],
    ['hf.co/unsloth/Qwen3-30B-A3B-GGUF:UD-Q4_K_XL', ':UD-Q4_K_XL'],
    ['llama3.3:70b-instruct-q4_K_M', '-q4_K_M'],
    ['registry.local:5000/team/model', '/model'],
    ['/usr/share/ollama/.ollama/models', '/models'],
    ['C:\\Users\\李明\\.ollama\\models', '\\models'],
    ['/home/user/我的模型 文件夹', '/我的模型 文件夹'],
    ['abcdefghijklmnopqrstuvwxyz', 'tuvwxyz'],
  ])('%s keeps %s', (name, end) => {
    expect(splitName(name)[1]).toBe(end)
  })

  it('F14: both parts together are the name, whatever letters it has', () => {
    for (const name of ['', ':', 'a:b', '🦙🦙🦙🦙🦙🦙🦙🦙🦙🦙🦙🦙🦙🦙🦙🦙:大', 'x'.repeat(300)])
      expect(splitName(name).join('')).toBe(name)
  })

  it.each([
    ['qwen3:8b', 24, 'qwen3:8b'],
    ['hf.co/bartowski/Llama-3.3-70B-Instruct-GGUF:Q4_K_M', 24, 'hf.co/bartowski/…:Q4_K_M'],
    ['llama3.3:70b-instruct-q4_K_M', 20, 'llama3.3:70b…-q4_K_M'],
    ['hf.co/unsloth/Qwen3-30B-A3B-GGUF:UD-Q4_K_XL', 8, 'hf.…K_XL'],
  ])('%s in %d letters', (name, mostLetters, short) => {
    expect(shortName(name, mostLetters)).toBe(short)
    expect([...short].length).toBeLessThanOrEqual(mostLetters)
  })

  it('F14: two quantizations of one repository never look the same', () => {
    const names = ['Q4_K_M', 'Q4_K_S', 'Q5_K_M', 'UD-Q4_K_XL', 'Q4_K_XL', 'BF16'].map(
      (tag) => `hf.co/o/Some-Long-Model-Name-GGUF:${tag}`,
    )
    for (const letters of [18, 24, 32])
      expect(new Set(names.map((name) => shortName(name, letters))).size).toBe(names.length)
  })
})
