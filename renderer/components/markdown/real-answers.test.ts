import { describe, expect, it } from 'vitest'
import { BlockSplitter } from './split-blocks'

/** As models wrote them, shortened. */
const answers: [string, string][] = [
  [
    'DeepSeek, in Chinese, with formulas and ranges',
    '**注意：**请先备份。\n\n### 1. 时间\n大约需要 3~5 分钟，最多 7~9 分钟。\n\n- **“模型”**是一个文件\n- **LLM（大语言模型）**也是\n\n\\[\n\\sum_{i=1}^n i = \\frac{n(n+1)}{2}\n\\]\n\n其中 \\(n\\) 是**正整数**。\n',
  ],
  [
    'Qwen, in Chinese, a file of Markdown',
    '当然，这是 README：\n\n```markdown\n# 项目\n\n```bash\nnpm ci && npm start\n```\n\n| 列 | 值 |\n|---|---|\n| a | 1 |\n```\n\n之后把它放到仓库里即可。\n',
  ],
  [
    'Llama, in English, prices and a shell',
    'It costs $5 and $10.\nSet `$HOME` first:\n\n```sh\nexport OLLAMA_MODELS=$HOME/models:$PATH\n```\n\n1. Run it\n   ```js\n   let a = `b`\n   ```\n2. Done[^1]\n\n[^1]: The docs\n',
  ],
  [
    'GPT-OSS, in English, a derivation',
    '## Derivation\n\nStart with $$\nx = 1\n$$\nand then\n\n$$\n\\begin{aligned}\na &= b \\\\\n- c &= d\n\\end{aligned}\n$$\n\nso $a=b$ costs $3.\n\n> \\[ y \\]\n\n---\nThe end\n===\n',
  ],
  [
    'Gemma, a table and lines',
    '| 项 | 价 |\n|---|--:|\n| A<br>B | $5 |\n\n床前明月光，\n疑是地上霜。\n\n~~旧~~ H~2~O\n\n~~~md\n~~~js\nx\n~~~\n~~~\n',
  ],
  ['one that stops in the middle', '公式：\n\n$$\nE = mc'],
]

describe.each(answers)('%s', (_, answer) => {
  const blocksOf = (pieces: Iterable<string>) => {
    const splitter = new BlockSplitter()
    for (const piece of pieces) splitter.append(piece)
    return [...splitter.finished, splitter.live()]
  }

  it('F3, F4, F5, F32, C3: is the same wherever its pieces were cut', () => {
    const whole = blocksOf([answer])
    for (let at = 1; at < answer.length; at++) {
      expect(blocksOf([answer.slice(0, at), answer.slice(at)])).toEqual(whole)
    }
    expect(blocksOf(answer)).toEqual(whole)
  })

  it('what is finished never changes while it comes', () => {
    const splitter = new BlockSplitter()
    const seen: unknown[] = []
    for (const letter of answer) {
      splitter.append(letter)
      splitter.finished.slice(0, seen.length).forEach((block, place) => {
        expect(block).toBe(seen[place])
      })
      seen.push(...splitter.finished.slice(seen.length))
    }
  })
})
