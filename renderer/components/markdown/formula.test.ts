import { MantineProvider } from '@mantine/core'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { drawFormula } from './draw-formula'
import { formulaIn } from './formula-source'
import { MarkdownBlock } from './markdown-block'
import { BlockSplitter } from './split-blocks'

/** Before what draws is here: a formula stands in the page as it was written. */
const drawn = (source: string) =>
  renderToStaticMarkup(
    createElement(
      MantineProvider,
      { env: 'test' } as object,
      createElement(MarkdownBlock, { source, tableHead: null, isLive: false }),
    ),
  ).replace(/<style[\s\S]*?<\/style>/g, '')

const unescaped = (html: string) =>
  html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&amp;', '&')
const textOf = (html: string) => unescaped(html.replace(/<[^>]*>/g, '')).trim()
const formulasIn = (source: string) =>
  [...drawn(source).matchAll(/<span class="[^"]*formulaSource[^"]*">([^<]*)</g)].map(([, text = '']) => unescaped(text))

describe('F4: what is a formula', () => {
  it.each([
    ['$E=mc^2$', ['$E=mc^2$']],
    ['The sum $a+b$ and \\(a^2+b^2=c^2\\).', ['$a+b$', '\\(a^2+b^2=c^2\\)']],
    ['其中$x$是输入，$W_1$是权重。', ['$x$', '$W_1$']],
    ['inline \\[ \\sum_{i=1}^n x_i \\] so', ['\\[ \\sum_{i=1}^n x_i \\]']],
    ['so $$\\frac{1}{2}$$ is', ['$$\\frac{1}{2}$$']],
    ['so $$ a + b $$ and $$x$$ are', ['$$ a + b $$', '$$x$$']],
    ['Hence $$\nx = 42\n$$ holds.', ['$$\nx = 42\n$$']],
    ['The mass is \\(m =\n5\\) kg', ['\\(m =\n5\\)']],
    ['one \\( is open, \\(x\\) not', ['\\(x\\)']],
    ['$ x^2 + y^2 $ with blanks', ['$ x^2 + y^2 $']],
    ['- item $a_1 * b_2 * c_3$', ['$a_1 * b_2 * c_3$']],
    ['**bold $x_1$ too**', ['$x_1$']],
    ['| a |\n|-|\n| $x$ |', ['$x$']],
    ['1. a:\n   $$\n   x = 1\n   $$', ['$$\nx = 1\n$$']],
    ['> \\[\n> x = 1\n> \\]', ['\\[\nx = 1\n\\]']],
    ['costs $5, where $x$ is', ['$x$']],
    ['$\\$5$ each', ['$\\$5$']],
    ['## The $n$-th', ['$n$']],
  ])('%j has %j', (source, formulas) => {
    expect(formulasIn(source)).toEqual(formulas)
  })

  it.each([
    'from $5 and $10',
    'between $5-$10, $5–$10 or $5/$10',
    'US$5, HK$40 and 5$ or 10$',
    '$5 million to 10$',
    '价格是$5，后来$10',
    '从 $5 到 10$',
    'set $HOME and $PATH',
    '$HOME/bin:$PATH',
    '${HOME}:${PATH} $(pwd)/$(id)',
    'echo $1 $2 $@ $? $$',
    '$name and $age, $foo->bar($baz)',
    'one $ alone',
    '$$',
    'an open \\( one',
    'an open \\[ one, and \\) and later',
    'a\\$b\\$c',
    '$AAPL, $TSLA/$NVDA',
    'kill $$ &\nwait for seven\nthen echo $$ done.',
    'cost $$ low\nmid $$$ high',
    '价格 $$（便宜）\n环境 $$ 一般',
    'from $$ to $$$, at most $$$$',
    'pid $$ kill $$',
  ])('%j has none and is left as written', (source) => {
    expect(formulasIn(source)).toEqual([])
    expect(textOf(drawn(source))).toBe(source.replaceAll('\\$', '$'))
  })

  it.each(['`$x$ and \\(y\\)`', '```sh\necho $HOME $x$ \\(a\\)\n```', '- a\n\n  ```sh\n  echo \\(a\\) $x$\n  ```'])(
    'code stays code: %j',
    (source) => {
      expect(formulasIn(source)).toEqual([])
      expect(textOf(drawn(source))).toContain('$x$')
    },
  )
})

describe('F4: formulas on lines of their own', () => {
  const blocksOf = (pieces: string[]) => {
    const splitter = new BlockSplitter()
    for (const piece of pieces) splitter.append(piece)
    const live = splitter.live()
    return [...splitter.finished, ...(live ? [live] : [])].map((block) =>
      block.kind === 'code'
        ? `[code] ${block.code}`
        : `${block.kind === 'formula' ? '[formula] ' : ''}${block.source.trim()}`,
    )
  }

  it.each([
    ['so:\n\n$$\nx = 1\n- y\n+ z\n= 2\n$$\n\nend\n', ['so:', '[formula] $$\nx = 1\n- y\n+ z\n= 2\n$$', 'end']],
    ['so:\n\\[\n\\sum_{i=1}^n\n\\]\nend\n', ['so:', '[formula] \\[\n\\sum_{i=1}^n\n\\]', 'end']],
    ['$$ E = mc^2 $$\n', ['[formula] $$ E = mc^2 $$']],
    ['\\[ x \\]，\n其中\n', ['[formula] \\[ x \\]，', '其中']],
    ['$$x$$ and more\n', ['$$x$$ and more']],
    ['\\[\nx\n\\] where\n', ['\\[\nx\n\\] where']],
    ['$$ means moderate\n$$$ means dear\n', ['$$ means moderate\n$$$ means dear']],
    ['\\[ never closed\n\n# T\n', ['\\[ never closed', '# T']],
    ['$$\na\n\n# T\n', ['$$\na', '# T']],
    ['```\n$$\n```\n', ['[code] $$\n']],
    [
      '$$\n\\begin{aligned}\na &= b \\\\\n&= c\n\\end{aligned}\n$$\n',
      ['[formula] $$\n\\begin{aligned}\na &= b \\\\\n&= c\n\\end{aligned}\n$$'],
    ],
    ['\\[\nx', ['[formula] \\[\nx']],
  ])('%j', (source, blocks) => {
    expect(blocksOf([source])).toEqual(blocks)
    for (let at = 1; at < source.length; at++) {
      expect(blocksOf([source.slice(0, at), source.slice(at)])).toEqual(blocks)
    }
    expect(blocksOf([...source])).toEqual(blocks)
  })
})

describe('F4: a formula drawn', () => {
  it.each([
    ['$E=mc^2$', { tex: 'E=mc^2', isDisplay: false, after: '' }],
    ['$$\nx\n$$', { tex: 'x', isDisplay: true, after: '' }],
    ['\\(x\\)', { tex: 'x', isDisplay: false, after: '' }],
    ['\\[ x \\]，', { tex: 'x', isDisplay: true, after: '，' }],
    ['$$\nx', null],
    ['\\[ x', null],
  ])('%j is %j', (source, formula) => expect(formulaIn(source)).toEqual(formula))

  it.each([
    'E=mc^2',
    '\\sum_{i=1}^n \\frac{1}{i}',
    '\\text{速度} = \\frac{距离}{时间}',
    '\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}',
  ])('%j is', (tex) => expect(drawFormula(tex, true)).toContain('class="katex'))

  it.each(['\\frac{1}{', '\\nosuchcommand{x}', 'a_b_c', '\\begin{aligned} x'])('%j is broken', (tex) => {
    expect(drawFormula(tex, false)).toBeNull()
  })

  it.each([
    '\\href{javascript:alert(1)}{x}',
    '\\url{https://evil.example}',
    '\\includegraphics{https://evil.example/x.png}',
    '\\htmlData{x=y}{z}',
    '\\htmlStyle{position:fixed}{z}',
    '\\htmlClass{evil}{z}',
    '\\text{<img src=x onerror=alert(1)>}',
    '\\def\\a{\\a\\a}\\a',
    '\\def\\a#1{#1#1#1#1}\\a{\\a{\\a{\\a{\\a{\\a{\\a{\\a{x}}}}}}}}',
    '\\rule{100000em}{100000em}',
    `${'{'.repeat(1900)}${'}'.repeat(1900)}`,
    '\\sqrt{'.repeat(600) + '}'.repeat(600),
    '\\left('.repeat(500) + '\\right)'.repeat(300),
    '\\begin{matrix}'.repeat(120) + '\\end{matrix}'.repeat(120),
    'x^{'.repeat(1000) + '}'.repeat(1000),
  ])('%j loads nothing and holds nothing up', (tex) => {
    const html = drawFormula(tex, true) ?? ''
    const tags = [...html.matchAll(/<[^>]*>/g)].join('')
    expect(tags).not.toMatch(/<(img|a|script|iframe)[\s>]|\s(href|src|on\w+)=|position: ?fixed|class="[^"]*evil/i)
    for (const [, size] of html.matchAll(/(?:width|height|border-\w+-width):(\d+)/g))
      expect(Number(size)).toBeLessThan(100)
  })
})
