const english = `Quantization trades a little accuracy for a lot of memory. A model of 70 billion parameters needs about 140 GB at 16 bit and about 42 GB at four, which is why it fits on two cards of 24 GB.

Three things decide how fast it answers:

1. **Memory bandwidth.** Each token reads all weights once, so one stream cannot be faster than bandwidth divided by size.
2. **The batch.** Several answers at once share each reading of the weights: each stream slows a little, the sum grows a lot.
3. **The context.** Every token of it keeps keys and values in memory, for each request that runs side by side.

\`\`\`python
def ceiling(bandwidth_gb_per_s, weights_gb):
    """Tokens a second that one stream can reach at most."""
    return bandwidth_gb_per_s / weights_gb

print(round(ceiling(1008, 42.5), 1))  # 23.7
\`\`\`

| Quantization | Bits | Size of 70B |
| --- | --- | --- |
| Q4_K_M | 4.8 | 42.5 GB |
| Q5_K_M | 5.7 | 49.9 GB |
| Q8_0 | 8.5 | 75.0 GB |

Measure before you believe: warm the model up, repeat the request, and vary the head of the prompt so that no cache answers for the GPU.

`

const chinese = `量化用少量精度换取大量显存。700 亿参数的模型在 16 位下约需 140 GB，4 位下约需 42 GB，所以两块 24 GB 的显卡放得下。

影响速度的有三件事：

1. **显存带宽。** 每生成一个 token 都要把全部权重读一遍，单路速度不会超过带宽除以模型大小。
2. **并发。** 多个回答共享同一次权重读取：每一路稍慢，总吞吐却明显提高。
3. **上下文。** 每个 token 都要保存键和值，每个并发请求各占一份。

\`\`\`python
def ceiling(bandwidth, weights):
    return bandwidth / weights
\`\`\`

先测量，再下结论：先预热模型，重复请求，并改变提示词的开头，避免缓存让结果虚高。

`

const thinking = {
  english:
    'The question is about running a model on this machine. First the memory: weights, then keys and values for each slot. Then the speed, which follows from bandwidth. A table helps, and a few lines of code to check the figures.',
  chinese: '先看显存：权重之外还有每个并发请求的键和值。再看速度，它取决于带宽。最后给出表格和几行代码来核对。',
}

const split = (text: string) => text.match(/```\w*\n|\n+|[\p{sc=Han}]{1,2}|\s?[^\s\p{sc=Han}]+|[^\S\n]+/gu) ?? []

const tokens = { english: split(english), chinese: split(chinese) }

export type Piece = { text: string; isThinking: boolean }

/** An answer token by token; it begins anew when it is over, for callers that asked for more than its natural length. */
export type Answer = { piece(number: number): Piece; naturalLength: number }

export type Wishes = { seed: number; isJson: boolean; thinks: 'apart' | 'inline' | 'not' }

export function answerTo(prompt: string, { seed, isJson, thinks }: Wishes): Answer {
  const language = /[\p{sc=Han}]/u.test(prompt) ? 'chinese' : 'english'
  const list = isJson ? split('{"answer": "a model of 70 billion parameters", "gigabytes": 42}') : tokens[language]
  const paragraphs = list.flatMap((token, place) => (place === 0 || token.includes('\n\n') ? [place] : []))
  // Another seed begins at another paragraph, but never inside the code or the table.
  const begin = seed > 0 ? (paragraphs[seed % 2] ?? 0) : 0
  const thoughts = thinks === 'not' ? [] : split(thinks === 'inline' ? inline(thinking[language]) : thinking[language])
  return {
    naturalLength: thoughts.length + list.length - begin,
    piece(number) {
      const thought = thoughts[number]
      if (thought !== undefined) return { text: thought, isThinking: thinks === 'apart' }
      const place = number - thoughts.length
      const text = list[(begin + place) % list.length] ?? ''
      return { text: place === 0 ? text.trimStart() || text : text, isThinking: false }
    },
  }
}

const inline = (text: string) => `<think>\n${text}\n</think>\n\n`
