import { describe, expect, it, test } from 'vitest'
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

describe('C3: fences within a file of Markdown', () => {
  it.each([
    [
      'an opener with a language nests, the outer ends with its own',
      'Here:\n\n```markdown\n# T\n```js\nlet a\n```\nmore\n```\nafter',
      ['Here:', '[markdown] # T\n```js\nlet a\n```\nmore', 'after'],
    ],
    ['md is meant too', '```md\n```sh\nls\n```\n```\nafter', ['[md] ```sh\nls\n```', 'after']],
    ['in capitals', '```Markdown title="README.md"\n```sh\nls\n```\n```\nb', ['[Markdown] ```sh\nls\n```', 'b']],
    [
      'several, one after the other',
      '```md\n```a\n1\n```\n\n```b\n2\n```\n```\nc',
      ['[md] ```a\n1\n```\n\n```b\n2\n```', 'c'],
    ],
    ['a file within a file', '```md\n```md\n```js\nx\n```\n```\n```\nc', ['[md] ```md\n```js\nx\n```\n```', 'c']],
    ['tildes', '~~~md\n~~~js\nx\n~~~\nmore\n~~~\nafter', ['[md] ~~~js\nx\n~~~\nmore', 'after']],
    ['backticks within tildes', '~~~md\n```js\nx\n```\n~~~\nafter', ['[md] ```js\nx\n```', 'after']],
    [
      'four backticks',
      '````markdown\n```js\nx\n```\n```\ny\n```\n````\nafter',
      ['[markdown] ```js\nx\n```\n```\ny\n```', 'after'],
    ],
    ['four within three', '```md\n````js\n```\n````\n```\nafter', ['[md] ````js\n```\n````', 'after']],
    ['a bare fence ends it', '```md\n# T\n```\nafter', ['[md] # T', 'after']],
    ['other languages do not nest', '```text\n```js\n```\nafter', ['[text] ```js', 'after']],
    ['no nesting in the code within', '```md\n```js\n```ts\n```\n```\nafter', ['[md] ```js\n```ts\n```', 'after']],
    ['still written', '```md\n```js\nx\n```\nmo', ['[md] ```js\nx\n```\nmo']],
    ['with Windows ends of line', '```md\r\n```js\r\nx\r\n```\r\n```\r\nafter', ['[md] ```js\r\nx\r\n```', 'after']],
    [
      'in a list, where a longer fence holds them',
      '1. a\n   ```md\n   ```js\n   x\n   ```\n   ```\n2. b\n\nend\n',
      ['1. a\n   ``````md\n   ```js\n   x\n   ```\n   ``````\n2. b', 'end'],
    ],
  ])('%s', (_, markdown, sources) => {
    expect(sourcesOf(markdown)).toEqual(sources)
    for (const pieceLength of [1, 2, 3, 5]) expect(blocksOf(markdown, pieceLength)).toEqual(blocksOf(markdown))
  })

  it('the code is the whole file, to be copied as it is', () => {
    const file = '# T\n\n```sh\nollama serve\n```\n\n- end\n'
    expect(blocksOf(`Here:\n\n\`\`\`markdown\n${file}\`\`\`\nafter`)[1]).toEqual({
      kind: 'code',
      language: 'markdown',
      code: file,
    })
  })
})
