import { describe, expect, test } from 'vitest'
import { noFigures } from './answer-figures'
import { leastTokens } from './least-tokens'
import { promptCutOf, sentSince } from './prompt-cut'

const line = (numbers: string) => `time=x level=WARN source=runner.go:130 msg="truncating input prompt" ${numbers}`
const english = 'Ollama keeps a model in memory for five minutes and answers from a context of tokens. '
const chinese = '显存不够时，一部分层会放到内存里，回答会变慢。'

describe('L4: a prompt that the server cut', () => {
  const judged = (of: {
    texts?: string[]
    log?: string[]
    promptTokens?: number | null
    contextLength?: number | null
    earlier?: { promptTokens?: number; sentTokens?: number | null; contextLength?: number; since: string[] }
  }) => {
    const { texts = ['Hi'], log = [], promptTokens = null, contextLength = null, earlier } = of
    const figures = earlier && {
      ...noFigures,
      promptTokens: earlier.promptTokens ?? null,
      ...(earlier.contextLength ? { contextLength: earlier.contextLength } : {}),
      ...(earlier.sentTokens === undefined ? {} : { promptCut: { sentTokens: earlier.sentTokens } }),
    }
    return promptCutOf(
      {
        texts,
        log: log.map((text) => ({ text })),
        earlier: figures ? { figures, since: earlier?.since ?? [] } : null,
      },
      { promptTokens, contextLength },
    )
  }

  test.each([
    ['0.33', line('limit=131 prompt=3003 keep=5 new=131'), 131],
    ['0.5.12', line('limit=256 prompt=2803 keep=5 new=256'), 256],
    [
      'a plain logger',
      '2025/02/24 runner.go:130: WARN truncating input prompt limit=256 prompt=2803 keep=5 new=256',
      256,
    ],
    ['a version without the rest', line('limit=256 prompt=2803'), 256],
  ])('is told by the log of %s, with its tokens', (_, text, promptTokens) => {
    const sentTokens = Number(/prompt=(\d+)/.exec(text)?.[1])
    expect(judged({ log: ['[GIN] x', text], promptTokens })).toEqual({ sentTokens })
    expect(judged({ log: [text], promptTokens: null })).toEqual({ sentTokens })
  })

  test('is not told by the line of another request, nor by words that somebody wrote', () => {
    expect(judged({ log: [line('limit=2048 prompt=9000 keep=5 new=2048')], promptTokens: 9 })).toBeNull()
    expect(judged({ log: ['level=INFO msg="truncating input prompt is a warning"'], promptTokens: 9 })).toBeNull()
  })

  test.each([
    ['English', english.repeat(40)],
    ['Chinese', chinese.repeat(60)],
    ['both', (english + chinese).repeat(30)],
  ])('is told by a count far below what was sent, in %s', (_, text) => {
    expect(judged({ texts: [text], promptTokens: 131, contextLength: 256 })).toEqual({ sentTokens: null })
    expect(judged({ texts: [text], promptTokens: 131, contextLength: null })).toEqual({ sentTokens: null })
    // And where it was not counted at all, by what cannot fit.
    expect(judged({ texts: [text], contextLength: 256 })).toEqual({ sentTokens: null })
  })

  test('is told by a context that is full to its last token, as an old server fills it', () => {
    expect(judged({ texts: ['x'.repeat(9)], promptTokens: 2048, contextLength: 2048 })).toEqual({ sentTokens: null })
  })

  test('is told by a prompt that is shorter than its own beginning was', () => {
    const earlier = { promptTokens: 981, since: ['An answer.', 'Short?'] }
    const texts = [english.repeat(30), 'An answer.', 'Short?']
    expect(judged({ texts, promptTokens: 200, contextLength: 512, earlier })).toEqual({ sentTokens: null })
    expect(judged({ texts, promptTokens: 1000, contextLength: 2048, earlier })).toBeNull()
  })

  test('is told by a conversation longer than the context, though the last prompt is the longest so far', () => {
    const earlier = { promptTokens: 500, since: [english.repeat(20), english.repeat(40)] }
    expect(judged({ promptTokens: 830, contextLength: 1024, earlier })).toEqual({ sentTokens: null })
  })

  test('stays cut with the same context, and not with a larger one', () => {
    const earlier = { promptTokens: 131, sentTokens: null, contextLength: 256, since: ['Yes.', 'And?'] }
    expect(judged({ promptTokens: 140, contextLength: 256, earlier })).toEqual({ sentTokens: null })
    expect(judged({ promptTokens: 700, contextLength: 4096, earlier })).toBeNull()
  })

  test.each([
    ['a short question', ['Hi'], 26, 2048],
    ['a long one that fits', [english.repeat(80)], 1450, 8192],
    ['a long row of one sign, which is few tokens', [`${'='.repeat(4000)}\n${' '.repeat(4000)}`], 60, 2048],
    ['an unknown context', [english.repeat(80)], 1450, null],
    ['an unknown count that may fit', [english.repeat(80)], null, 2048],
  ])('is not seen in %s', (_, texts, promptTokens, contextLength) => {
    expect(judged({ texts, promptTokens, contextLength })).toBeNull()
  })
})

test.each([
  // As tokenizers in use count them (Llama 3, Qwen 3): never fewer than said here.
  ['Quantization trades a little accuracy for a lot of memory.', 11],
  ['显存不够时，一部分层会放到内存里。', 11],
  ['Квантование экономит память за счёт точности.', 11],
  ['const total = sizes.reduce((sum, size) => sum + size, 0)', 15],
  ['-'.repeat(500), 4],
])('%s is %d tokens at least', (text, tokens) => {
  expect(leastTokens(text)).toBeLessThanOrEqual(tokens)
  expect(leastTokens(text)).toBeGreaterThan(0)
})

test('what is sent beyond an earlier prompt begins with the answer to it', () => {
  const past = [
    { question: 'q0', answer: 'a0' },
    { question: 'q1', answer: null },
    { question: 'q2', answer: 'a2' },
    { question: 'q3', answer: 'an earlier answer to it' },
  ]
  const since = (turn: number) => sentSince({ figures: noFigures, turn }, past)?.since
  expect(since(0)).toEqual(['a0', 'q1', 'q2', 'a2', 'q3'])
  expect(since(2)).toEqual(['a2', 'q3'])
  expect(since(3)).toEqual([])
})
