import type { Element, ElementContent, Nodes, Root } from 'hast'
import { memo, type ReactNode } from 'react'
import Markdown, { type Components } from 'react-markdown'
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize'
import { CodeView } from './code-view'
import { Formula } from './formula'
import { GuardedLink } from './guarded-link'
import classes from './markdown.module.css'
import { PictureName } from './picture-name'
import { remarkPlugins } from './remark-plugins'
import { SourceInstead } from './source-instead'

type Props = { source: string; tableHead: string | null; isLive: boolean }

/** One block of Markdown. What a model writes is hostile: HTML is text, pictures do not load, links ask first. */
export const MarkdownBlock = memo(function MarkdownBlock({ source, tableHead, isLive }: Props) {
  return (
    <div className={classes.block} data-live={isLive || undefined} data-later={tableHead !== null || undefined}>
      <SourceInstead source={source}>
        <Markdown remarkPlugins={remarkPlugins} rehypePlugins={rehypePlugins} components={components}>
          {tableHead === null ? source : tableHead + source}
        </Markdown>
      </SourceInstead>
    </div>
  )
})

/** A formula on lines of its own. */
export const FormulaBlock = memo(function FormulaBlock({ source, isLive }: { source: string; isLive: boolean }) {
  return (
    <div className={classes.block} data-live={isLive || undefined}>
      <SourceInstead source={source}>
        <Formula source={source.trimEnd()} />
      </SourceInstead>
    </div>
  )
})

const schema = {
  ...defaultSchema,
  protocols: { ...defaultSchema.protocols, href: ['http', 'https', 'mailto'], src: ['http', 'https'] },
}

const rehypePlugins = [() => showRawAsText, [rehypeSanitize, schema] as [typeof rehypeSanitize, typeof schema]]

/** The sanitiser would drop raw HTML; a reader is better served by seeing what was written. */
function showRawAsText(tree: Root) {
  const visit = (node: Nodes) => {
    if (!('children' in node)) return
    node.children = node.children.map((child) =>
      child.type === ('raw' as string) ? shownRaw((child as unknown as { value: string }).value) : child,
    ) as ElementContent[]
    for (const child of node.children) visit(child)
  }
  visit(tree)
}

/** Models break lines within the cells of a table by a tag: there is no other way to. */
const shownRaw = (value: string): ElementContent =>
  /^<br\s*\/?>$/i.test(value)
    ? { type: 'element', tagName: 'br', properties: {}, children: [] }
    : { type: 'text', value }

/** The screen's title is the only heading above: an answer's are one level to a screen reader and six to the eye. */
function Heading({ node, children }: { node?: Element | undefined; children?: ReactNode }) {
  return <h2 data-level={node?.tagName.charAt(1)}>{children}</h2>
}

const components: Components = {
  code: ({ className, children }) =>
    className === 'language-formula' ? (
      <Formula source={String(children)} />
    ) : (
      <code className={className}>{children}</code>
    ),
  a: ({ href, children }) => <GuardedLink address={href ?? ''}>{children}</GuardedLink>,
  img: ({ src, alt }) => <PictureName address={typeof src === 'string' ? src : ''} name={alt ?? ''} />,
  pre: ({ node }) => {
    const code = node?.children.find((child): child is Element => child.type === 'element' && child.tagName === 'code')
    const language = [code?.properties.className].flat().find((name) => String(name).startsWith('language-'))
    return <CodeView code={textOf(code)} language={String(language ?? '').slice('language-'.length)} isLive={false} />
  },
  table: ({ children }) => (
    <div className={classes.table}>
      <table>{children}</table>
    </div>
  ),
  h1: Heading,
  h2: Heading,
  h3: Heading,
  h4: Heading,
  h5: Heading,
  h6: Heading,
}

const textOf = (node: ElementContent | undefined): string =>
  node === undefined
    ? ''
    : node.type === 'text'
      ? node.value
      : 'children' in node
        ? node.children.map(textOf).join('')
        : ''
