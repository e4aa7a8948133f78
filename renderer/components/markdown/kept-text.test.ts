import { MantineProvider } from '@mantine/core'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { drawFormula } from './draw-formula'
import { MarkdownBlock } from './markdown-block'
import { SourceInstead } from './source-instead'
import { BlockSplitter } from './split-blocks'

/** Every letter that a reader sees, before formulas are drawn. */
const lettersOf = (source: string) =>
  renderToStaticMarkup(
    createElement(
      MantineProvider,
      { env: 'test' } as object,
      createElement(MarkdownBlock, { source, tableHead: null, isLive: false }),
    ),
  )
    .replace(/<style[\s\S]*?<\/style>|<[^>]*>/g, '')
    .replace(/&(?:#x?\w+|\w+);/g, '')
    .replace(/[^\p{L}\p{N}]/gu, '')
const letters = (source: string) => source.replace(/[^\p{L}\p{N}]/gu, '')

const brokenLines = [
  'The mass is \\(m =\n5\\) kg',
  'Hence $$\nx = 42\n$$ holds.',
  'kill $$ &\nwait for seven\nthen echo $$ done.',
  'regex \\(foo\nbarbar\\) end',
  'so \\[ y =\n  \tz^2 \\] then',
]
const pieces = [
  ...brokenLines,
  'pid is $$\nrun `kill $$`',
  'cost $$ low\nmid $$$ high',
  '价格 $$（便宜）\n环境 $$ 一般',
  'open \\(',
  'close \\)',
  'open \\[ a',
  '**b** $x_1$',
  'five $5',
  '\\\\',
  '$$',
]

describe('F4: a formula loses no text', () => {
  it.each(brokenLines)('%j over lines', (source) => {
    for (const start of ['', '- ', '> ', '1. ', '## ']) {
      const inside =
        start === '## ' ? source.replaceAll('\n', ' ') : source.replaceAll('\n', start === '> ' ? '\n> ' : '\n   ')
      expect(lettersOf(`${start}${inside}`)).toBe(letters(source))
    }
  })

  it('nor does any mix of such pieces', () => {
    let seed = 7
    const below = (count: number) => {
      seed = (seed * 48271) % 2147483647
      return seed % count
    }
    for (let round = 0; round < 600; round++) {
      const text = Array.from(
        { length: 1 + below(6) },
        () => `${pieces[below(pieces.length)]}${[' ', '\n', ''][below(3)]}`,
      )
      const source = `a ${text.join('')} z`
      expect(lettersOf(source), JSON.stringify(source)).toBe(letters(source))
    }
  })
})

const splitInMs = (source: string) => {
  const before = process.cpuUsage()
  const splitter = new BlockSplitter()
  splitter.append(source)
  expect(
    [...splitter.finished, splitter.live()].map((block) => block && 'source' in block && block.source).join(''),
  ).toBe(source)
  return process.cpuUsage(before).user / 1000 // of this process: others' work does not count
}

describe('F4: openers that nothing closes cost no more than other text', () => {
  it.each(['\\[ a\n', '\\[ a\n$$ b=\n', '$$ b=\n\\[ a\n'])('%j on lines of their own, by the thousand', (line) => {
    expect(splitInMs(line.repeat(20_000))).toBeLessThan(4000)
  })

  it.each(['\\(\n', '\\(\\[\n', '\\( a '])('%j within a paragraph', (piece) => {
    const long = piece.repeat(1300)
    const before = process.cpuUsage()
    expect(lettersOf(long)).toBe(letters(long))
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(4000)
  })

  it('the last opener is the one that a closing mark ends', () => {
    const splitter = new BlockSplitter()
    splitter.append('\\[ a\n\\[\nx\n\\]\n')
    expect(splitter.finished.map(({ kind }) => kind)).toEqual(['text', 'formula'])
  })
})

describe('F4: a formula that would hold up the page is shown as it was written', () => {
  it.each([
    `\\begin{matrix}${'a&'.repeat(1900)}\\end{matrix}`,
    `\\begin{matrix}${'a\\\\'.repeat(1200)}\\end{matrix}`,
    `${'\\underbrace{'.repeat(200)}x${'}'.repeat(200)}`,
    `${'\\left('.repeat(200)}x${'\\right)'.repeat(200)}`,
    `\\def\\a{${'x'.repeat(3300)}}${'\\a'.repeat(180)}`,
    `\\newcommand{\\a}{${'x'.repeat(3300)}}${'\\a'.repeat(180)}`,
  ])('%.40s', (tex) => expect(drawFormula(tex, true)).toBeNull())

  it.each([
    `\\begin{pmatrix}${`${'1&'.repeat(11)}1\\\\`.repeat(12)}\\end{pmatrix}`,
    `${'\\frac{1}{1+'.repeat(9)}x${'}'.repeat(9)}`,
    '\\{ x \\mid x > 0 \\} \\leftarrow y',
  ])('%.40s is drawn', (tex) => expect(drawFormula(tex, true)).toContain('katex'))
})

describe('a block that cannot be drawn', () => {
  const shown = (source: string, state: { source: string; isBroken: boolean }) => {
    const boundary = new SourceInstead({ source, children: 'drawn' })
    boundary.state = { ...state, ...SourceInstead.getDerivedStateFromProps({ source, children: 'drawn' }, state) }
    return renderToStaticMarkup(boundary.render()).replace(/<[^>]*>/g, '')
  }
  const broken = { source: '>>', isBroken: false, ...SourceInstead.getDerivedStateFromError() }

  it('is shown as its source', () => expect(shown('>>', broken)).toBe('&gt;&gt;'))
  it('is tried again when more of it comes', () => expect(shown('>> a', broken)).toBe('drawn'))
})
