import { MantineProvider } from '@mantine/core'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { MarkdownBlock } from './markdown-block'

const drawn = (source: string) =>
  renderToStaticMarkup(
    createElement(
      MantineProvider,
      { env: 'test' } as object,
      createElement(MarkdownBlock, { source, tableHead: null, isLive: false }),
    ),
  )
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/^<div[^>]*>|<\/div>$/g, '')

describe('F3: a single tilde stays, only two strike', () => {
  it.each([
    ['大约需要 3~5 分钟，最多 7~9 分钟', '<p>大约需要 3~5 分钟，最多 7~9 分钟</p>'],
    ['H~2~O', '<p>H~2~O</p>'],
    ['10~20元，30~40元，~50元~', '<p>10~20元，30~40元，~50元~</p>'],
    ['好的~马上来~', '<p>好的~马上来~</p>'],
    ['约~100 与 ～200～', '<p>约~100 与 ～200～</p>'],
    ['**3~5** 与 *7~9*', '<p><strong>3~5</strong> 与 <em>7~9</em></p>'],
    ['9:00~12:00, 14:00~18:00', '<p>9:00~12:00, 14:00~18:00</p>'],
    ['~/models and ~/other', '<p>~/models and ~/other</p>'],
    ['~~旧价~~新价', '<p><del>旧价</del>新价</p>'],
    ['~~已删除：~~请看新版', '<p><del>已删除：</del>请看新版</p>'],
    ['价格~~（旧）~~改了 3~5 次', '<p>价格<del>（旧）</del>改了 3~5 次</p>'],
    ['~~old~~ new', '<p><del>old</del> new</p>'],
  ])('%s', (source, html) => expect(drawn(source)).toBe(html))
})

describe('F5: bold and italics that touch Chinese punctuation', () => {
  it.each([
    ['**注意：**请先备份', '<p><strong>注意：</strong>请先备份</p>'],
    ['**“模型”**是一个文件', '<p><strong>“模型”</strong>是一个文件</p>'],
    ['**LLM（大语言模型）**也是', '<p><strong>LLM（大语言模型）</strong>也是</p>'],
    ['这是**“重点”**。', '<p>这是<strong>“重点”</strong>。</p>'],
    ['参见**《论语》**一书', '<p>参见<strong>《论语》</strong>一书</p>'],
    ['所以**（一）**和**【二】**都对', '<p>所以<strong>（一）</strong>和<strong>【二】</strong>都对</p>'],
    ['用***“强调”***来写', '<p>用<em><strong>“强调”</strong></em>来写</p>'],
    ['*注意：*请', '<p><em>注意：</em>请</p>'],
    ['**`ollama`：**命令', '<p><strong><code>ollama</code>：</strong>命令</p>'],
    ['**Ollama：**a server', '<p><strong>Ollama：</strong>a server</p>'],
    ['運行**「モデル」**を', '<p>運行<strong>「モデル」</strong>を</p>'],
    ['이것은**"모델"**입니다', '<p>이것은<strong>&quot;모델&quot;</strong>입니다</p>'],
    ['a * b * c', '<p>a * b * c</p>'],
    ['snake_case_name 与 2*3*4', '<p>snake_case_name 与 2<em>3</em>4</p>'],
  ])('%s', (source, html) => expect(drawn(source)).toBe(html))

  const marks = [
    '：',
    '，',
    '。',
    '！',
    '？',
    '；',
    '、',
    '”',
    '’',
    '）',
    '】',
    '》',
    '」',
    '』',
    '…',
    '——',
    '％',
    '～',
  ]
  it.each(marks)('whatever stands inside and outside: %s', (mark) => {
    expect(drawn(`前文**词${mark}**后文`)).toBe(`<p>前文<strong>词${mark}</strong>后文</p>`)
    expect(drawn(`前文${mark}**词**后文`)).toBe(`<p>前文${mark}<strong>词</strong>后文</p>`)
    expect(drawn(`前文**词**${mark}后文`)).toBe(`<p>前文<strong>词</strong>${mark}后文</p>`)
    expect(drawn(`前文**${mark}词${mark}**后文`)).toBe(`<p>前文<strong>${mark}词${mark}</strong>后文</p>`)
    expect(drawn(`- **词${mark}**后文`)).toContain(`<strong>词${mark}</strong>后文`)
    expect(drawn(`前文~~词${mark}~~后文`)).toBe(`<p>前文<del>词${mark}</del>后文</p>`)
  })
})

describe('F32: footnotes keep their text, lines stay lines', () => {
  it.each([
    ['a claim[^1]', '<p>a claim[^1]</p>'],
    ['[^1]: note', '<p>[^1]: note</p>'],
    ['[^note]: 见《手册》第 3 章', '<p>[^note]: 见《手册》第 3 章</p>'],
    [
      'claim[^1]\n\n[^1]: the source of it\n[^2]: another',
      '<p>claim[^1]</p>\n<p>[^1]: the source of it<br/>\n[^2]: another</p>',
    ],
    ['[1]: plain "Title"', '<p>[1]: plain &quot;Title&quot;</p>'],
    ['one\ntwo\nthree', '<p>one<br/>\ntwo<br/>\nthree</p>'],
    ['床前明月光\n疑是地上霜', '<p>床前明月光<br/>\n疑是地上霜</p>'],
    ['two  \nblanks', '<p>two<br/>\nblanks</p>'],
  ])('%j', (source, html) => expect(drawn(source)).toBe(html))

  it('a tag that breaks the line in a table does', () => {
    expect(drawn('|a|\n|-|\n|1<br>2<BR/>3|')).toContain('<td>1<br/>2<br/>3</td>')
  })

  it('a line within an item and a quote stays one too', () => {
    expect(drawn('- a\n  b')).toContain('a<br/>\nb')
    expect(drawn('> a\n> b')).toContain('a<br/>\nb')
  })

  it('a definition of a link keeps its text and leads where it says', () => {
    expect(drawn('[1]: https://ollama.com/library')).toContain('https://ollama.com/library</button>')
  })
})
