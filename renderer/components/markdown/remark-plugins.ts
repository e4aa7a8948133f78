import type { Extension as FromMarkdown } from 'mdast-util-from-markdown'
import type { Extension } from 'micromark-util-types'
import remarkBreaks from 'remark-breaks'
import remarkCjkFriendly from 'remark-cjk-friendly/parseOnly'
import remarkCjkStrikethrough from 'remark-cjk-friendly-gfm-strikethrough/parseOnly'
import remarkGfm from 'remark-gfm'
import type { PluggableList, Processor } from 'unified'
import { formulaFromMarkdown, formulaSyntax } from './formula-syntax'

type ParserData = { micromarkExtensions?: Extension[]; fromMarkdownExtensions?: FromMarkdown[] }

/** Only two tildes strike: a single one is how ranges are written, as in 3~5 分钟. */
const strikethrough = { singleTilde: false }

/**
 * How what models write is read: GFM; bold that touches Chinese punctuation; a line stays a line. The later ones win
 * over the earlier.
 */
export const remarkPlugins: PluggableList = [
  [remarkGfm, strikethrough],
  remarkCjkFriendly,
  [remarkCjkStrikethrough, strikethrough],
  remarkBreaks,
  readFormulas,
  keepDefinitions,
]

function readFormulas(this: Processor) {
  const data = this.data() as ParserData
  data.micromarkExtensions ??= []
  data.micromarkExtensions.push(formulaSyntax)
  data.fromMarkdownExtensions ??= []
  data.fromMarkdownExtensions.push(formulaFromMarkdown)
}

/**
 * A footnote or a definition of a link and what refers to it stand in different blocks, each drawn on its own: neither
 * would find the other, and the definition would be gone. So both stay the text they are.
 */
function keepDefinitions(this: Processor) {
  const data = this.data() as ParserData
  data.micromarkExtensions ??= []
  data.micromarkExtensions.push({
    disable: {
      null: ['definition', 'gfmFootnoteDefinition', 'gfmFootnoteCall', 'gfmPotentialFootnoteCall'],
    },
  })
}
