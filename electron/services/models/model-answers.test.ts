import { describe, expect, it, test } from 'vitest'
import { nastyWeights } from '../../../shared/ollama/nasty-paths.testing'
import { detailsIn, installedIn, weightsFileIn } from './model-answers'

const good = {
  name: 'good:1',
  model: 'good:1',
  modified_at: '2026-11-22T00:05:00Z',
  size: 6e9,
  digest: 'a1',
  details: { family: 'qwen3', parameter_size: '8.2B', quantization_level: 'Q4_K_M', context_length: 40_960 },
  capabilities: ['completion', 'tools'],
}

function listed(...entries: unknown[]) {
  const odd: string[] = []
  const models = installedIn({ models: [...entries, good] }, (line) => odd.push(line))
  return { models, odd }
}

describe('M1: one odd model never empties the list', () => {
  const odd: [string, unknown, object][] = [
    ['a cloud model', { name: 'g:cloud', size: 384, remote_model: 'g', details: { family: '', families: null } }, {}],
    ['no details at all', { name: 'b:1', size: 5, digest: 'd', details: null }, { sizeBytes: 5, family: null }],
    ['details that are a list', { name: 'b:1', size: 5, details: [1] }, { sizeBytes: 5, parameterSize: null }],
    ["llama.cpp's own list", { name: 'c', modified_at: '', size: '', digest: '', details: {} }, { sizeBytes: null }],
    ['only `model`', { model: 'e:1', size: 5 }, { name: 'e:1', sizeBytes: 5 }],
    ['family null', { name: 'f', size: 5, details: { family: null, parameter_size: null } }, { family: null }],
    [
      'sizes as text',
      { name: 'f', size: '5', details: { context_length: '4096' } },
      { sizeBytes: 5, contextLength: 4096 },
    ],
    ['a negative size', { name: 'f', size: -1 }, { sizeBytes: null }],
    ['a time as a number', { name: 'f', modified_at: 12 }, { modifiedAtMs: 0 }],
    ['a digest that is none', { name: 'f', digest: 7 }, { digest: '' }],
    ['capabilities null', { name: 'f', capabilities: null }, { capabilities: [] }],
    ['capabilities that are none', { name: 'f', capabilities: [1, 'tools', null] }, { capabilities: ['tools'] }],
    ['a name in Chinese', { name: '通义 千问:最新', size: 1 }, { name: '通义 千问:最新' }],
  ]
  it.each(odd)('M1: %s', (_, entry, expected) => {
    const { models } = listed(entry)
    expect(models).toHaveLength(2)
    expect(models[0]).toMatchObject(expected)
    expect(models[1]).toMatchObject({ name: 'good:1', sizeBytes: 6e9, family: 'qwen3', contextLength: 40_960 })
  })

  it.each([[null], ['x'], [{}], [{ name: '' }], [{ name: 3, model: null }], [[]]])(
    'M1: an entry without a name is left out, and told: %j',
    (entry) => {
      const { models, odd } = listed(entry)
      expect(models.map(({ name }) => name)).toEqual(['good:1'])
      expect(odd).toEqual([expect.stringContaining('entry 1 has no name')])
    },
  )

  it('M1: says what was odd in one line a model, and nothing of what is in order', () => {
    expect(listed({ name: 'b:1', size: '', details: null }).odd).toEqual(['/api/tags: b:1 has details null, size ""'])
    expect(listed().odd).toEqual([])
  })

  it('M1: a name that is listed twice is there once', () => {
    expect(listed({ ...good }).models).toHaveLength(1)
  })

  it.each([[{}], [{ models: null }], [{ models: [] }]])('M1: an answer without models lists none: %j', (answer) => {
    expect(installedIn(answer)).toEqual([])
  })

  it.each([[null], ['page'], [[]], [{ models: 'page' }]])('another program is told as a failure: %j', (answer) => {
    expect(() => installedIn(answer)).toThrow(expect.objectContaining({ code: 'ollamaFailed' }))
  })
})

describe('L11: what is odd in /api/show takes nothing else along', () => {
  const odd: [string, unknown, object][] = [
    ['template null', { template: null, system: 'Be short.' }, { template: '', system: 'Be short.' }],
    [
      'a count as text',
      { model_info: { 'general.parameter_count': '116829156672' } },
      { parameterCount: 116829156672 },
    ],
    ['no model_info', { modelfile: 'FROM x' }, { parameterCount: null, modelfile: 'FROM x' }],
    ['model_info null', { model_info: null, details: null }, { architecture: null, format: null }],
    ['model_info a list', { model_info: [1], parameters: {} }, { parameters: [] }],
    ['licenses in a list', { license: ['MIT', 'Apache'] }, { license: 'MIT\n\nApache' }],
    ['no object', null, { template: '', capabilities: ['completion'] }],
    ['capabilities null', { capabilities: null, template: '{{ .Tools }}' }, { capabilities: ['completion', 'tools'] }],
  ]
  it.each(odd)('L11: %s', (_, answer, expected) => expect(detailsIn('m', answer)).toMatchObject(expected))

  it('L11: a template of 1 MB is shown whole', () => {
    expect(detailsIn('m', { template: 'x'.repeat(2 ** 20) }).template).toHaveLength(2 ** 20)
  })

  it('L6: parameters are read with blanks, quotes and escapes', () => {
    const parameters =
      'stop                           "<|im end|>"\nstop  "\\"quoted\\""\nnum_ctx 4096\nstop "用户：\\n"'
    expect(detailsIn('m', { parameters }).parameters.map(({ value }) => value)).toEqual([
      '<|im end|>',
      '"quoted"',
      '4096',
      '用户：\n',
    ])
  })
})

test.each(nastyWeights)('L6: the weights are found in the Modelfile of $path', ({ path, file }) => {
  const head =
    '# Modelfile generated by "ollama show"\n# To build a new Modelfile based on this, replace FROM with:\n# FROM m\n\n'
  for (const from of [`FROM ${path}`, `FROM "${path}"`, `from ${path}`, `FROM ${path}\r`, `FROM\t${path} `]) {
    expect(weightsFileIn({ modelfile: `${head}${from}\nTEMPLATE """FROM /x/sha256-00"""\n` })).toBe(file)
  }
})

test.each([['FROM llama3.2:3b'], ['FROM ./model.gguf'], ['']])(
  'a Modelfile of %j tells no file of weights',
  (modelfile) => {
    expect(weightsFileIn({ modelfile })).toBeNull()
  },
)
