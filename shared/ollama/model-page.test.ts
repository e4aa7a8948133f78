import { expect, test } from 'vitest'
import { parseModelName } from './model-name'
import { modelPage } from './model-page'
import { pastedName } from './pasted-name'

test.each([
  ['qwen3:8b', 'https://ollama.com/library/qwen3/tags'],
  ['someone/model:1', 'https://ollama.com/someone/model/tags'],
  ['hf.co/o/R-GGUF:Q4_K_M', 'https://huggingface.co/o/R-GGUF'],
  ['hf-mirror.com/o/R-GGUF', 'https://hf-mirror.com/o/R-GGUF'],
  ['modelscope.cn/o/R-GGUF', 'https://modelscope.cn/models/o/R-GGUF'],
  ['box:5000/o/r', null],
])('P2: the page of %s is %s, and leads back to the model', (text, page) => {
  const name = parseModelName(text)
  if ('problem' in name) throw new Error(name.problem)
  expect(modelPage(name)).toBe(page)
  if (page) expect(pastedName(page)).toMatchObject({ namespace: name.namespace, model: name.model })
})
