import { expect, test } from 'vitest'
import { type Block, BlockSplitter } from './split-blocks'

function blocksOf(markdown: string, pieceLength = markdown.length || 1): Block[] {
  const splitter = new BlockSplitter()
  for (let place = 0; place < markdown.length; place += pieceLength) {
    splitter.append(markdown.slice(place, place + pieceLength))
  }
  return allOf(splitter)
}

function allOf(splitter: BlockSplitter): Block[] {
  const live = splitter.live()
  return live ? [...splitter.finished, live] : [...splitter.finished]
}

const sourcesOf = (markdown: string) =>
  blocksOf(markdown).map((block) => (block.kind === 'code' ? `[${block.language}] ${block.code}` : block.source).trim())

test.each([
  ['paragraphs', 'one\ntwo\n\nthree', ['one\ntwo', 'three']],
  ['headings', '# A\ntext\n## B\nmore', ['# A', 'text', '## B', 'more']],
  ['an underlined heading', 'Title\n===\ntext', ['Title\n===', 'text']],
  ['a rule', 'a\n\n---\nb', ['a', '---', 'b']],
  ['code', 'see\n```js\nlet a\n\nlet b\n```\nthen', ['see', '[js] let a\n\nlet b', 'then']],
  ['code that is still written', '```py\nx = 1', ['[py] x = 1']],
  ['a fence that has just begun', 'see\n\n```', ['see', '[]']],
  ['a longer fence around a shorter', '````md\n```js\na\n```\n````\nb', ['[md] ```js\na\n```', 'b']],
  ['tildes', '~~~\na\n```\n~~~\n', ['[] a\n```']],
  ['a closing fence that is half there', '```js\na\n``', ['[js] a']],
  ['a list', 'so:\n- a\n- b\n\n- c\n\nend\n', ['so:', '- a\n- b\n\n- c', 'end']],
  [
    'code in a list',
    '1. a\n\n   ```js\n   x\n\n   - not an item\n   ```\n2. b\n\nend\n',
    ['1. a\n\n   ```js\n   x\n\n   - not an item\n   ```\n2. b', 'end'],
  ],
  ['code after a list', '- a\n```js\nx\n```\n', ['- a', '[js] x']],
  ['a number in a paragraph', 'It was\n1986. A good year.', ['It was\n1986. A good year.']],
  ['a quote', '> a\n> b\n\nc', ['> a\n> b', 'c']],
  ['a table', 'x\n\n|a|b|\n|-|-|\n|1|2|\n\ny', ['x', '|a|b|\n|-|-|\n|1|2|', 'y']],
  ['a dash that may become anything', 'text\n-', ['text']],
  ['raw HTML', '<script>\nalert(1)\n</script>', ['<script>\nalert(1)\n</script>']],
  ['nothing', '', []],
  ['blank lines', '\n\n  \n', []],
])('%s', (_, markdown, sources) => expect(sourcesOf(markdown)).toEqual(sources))

const long = [
  '# Title\n\nA paragraph\nof two lines.\n\n',
  '```python\ndef f():\n\n    return 1\n```\n',
  `${Array.from({ length: 200 }, (_, count) => `${count + 1}. item number ${count + 1}\n   - below it`).join('\n')}\n\n`,
  `| n | square |\n|---|---:|\n${Array.from({ length: 130 }, (_, count) => `| ${count} | ${count ** 2} |`).join('\n')}\n\n`,
  `${'word '.repeat(3000)}\n\n> quote\n`,
].join('')

test('the blocks are the same however the text arrives', () => {
  const whole = blocksOf(long)
  for (const pieceLength of [1, 2, 7, 64, 1000]) expect(blocksOf(long, pieceLength)).toEqual(whole)
})

test('a finished block stays the same object while more arrives', () => {
  const splitter = new BlockSplitter()
  let before: Block[] = []
  for (const character of long.slice(0, 6000)) {
    splitter.append(character)
    const now = allOf(splitter)
    before.slice(0, -1).forEach((block, place) => {
      expect(now[place]).toBe(block)
    })
    before = now
  }
})

test('no block is long, and nothing is lost', () => {
  const blocks = blocksOf(long)
  for (const block of blocks) if (block.kind === 'text') expect(block.source.length).toBeLessThan(4100)
  const text = blocks.map((block) => (block.kind === 'code' ? block.code : block.source)).join('')
  expect(text.replace(/\s/g, '')).toBe(long.replace(/```(python)?|\s/g, ''))
})

test('the later pieces of a long table know their head', () => {
  const pieces = blocksOf(long).filter((block) => block.kind === 'text' && /^\|/.test(block.source))
  expect(pieces.map((block) => block.kind === 'text' && block.tableHead)).toEqual([
    null,
    ...Array(3).fill('| n | square |\n|---|---:|\n'),
  ])
})

test('a long list goes on counting in its next piece', () => {
  const starts = blocksOf(long).flatMap((block) => (block.kind === 'text' && /^\d+\./.exec(block.source)) || [])
  expect(starts.length).toBeGreaterThan(3)
  expect(starts[0]).toBe('1.')
  expect(starts[1]).not.toBe('1.')
})

test('a hundred thousand characters are cut in well under a frame each time they grow', () => {
  const splitter = new BlockSplitter()
  splitter.append(long.repeat(5))
  splitter.append('```\n')
  splitter.append('a line of code that goes on\n'.repeat(3000))
  expect(splitter.live()).toMatchObject({ kind: 'code' })
})
