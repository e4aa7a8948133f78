import { CopyButton } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { memo, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../icon-button'
import { codeChunks } from './code-chunks'
import { CodePiece } from './code-piece'
import classes from './markdown.module.css'

type Props = { code: string; language: string; isLive: boolean }

/** A block of code with its language and copy. Long code is drawn in pieces; only those in sight are coloured. */
export const CodeView = memo(function CodeView({ code, language, isLive }: Props) {
  const { t } = useTranslation()
  const pieces = useMemo(() => codeChunks(code.replace(/\n$/, '')), [code])
  const name = /^[\w+#.-]{1,30}$/.test(language) ? language.toLowerCase() : ''
  return (
    <figure className={classes.code}>
      <figcaption className={classes.codeHead}>
        <span>{name || t('markdown.code')}</span>
        <CopyButton value={code}>
          {({ copied, copy }) => (
            <IconButton label={copied ? t('frame.copied') : t('markdown.copyCode')} onClick={copy}>
              {copied ? <IconCheck size={16} stroke={1.8} /> : <IconCopy size={16} stroke={1.8} />}
            </IconButton>
          )}
        </CopyButton>
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: wide code is scrolled with the keyboard */}
      <pre className={classes.pre} tabIndex={0}>
        {pieces.map((piece, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place
          <CodePiece key={place} code={piece} language={name} isLive={isLive && place === pieces.length - 1} />
        ))}
        {isLive && pieces.length === 0 ? <code data-live /> : null}
      </pre>
    </figure>
  )
})
