import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type failures from '../i18n/en/failure.json'
import { Notice } from './notice'
import { SettingLinks } from './setting-links'

/** Every failure that has its sentences. */
type FailureKey = keyof typeof failures

/** Failures whose sentences say no more than that the words of whoever failed follow: those are not folded away. */
const inOwnWords: ReadonlySet<FailureKey> = new Set<FailureKey>(['pullFailed', 'folderFailed', 'folderRefused'])

export const isToldInItsOwnWords = (code: FailureKey): boolean => inOwnWords.has(code)

type Props = { failure: { code: FailureKey; detail?: string | undefined }; actions?: ReactNode }

/** A failure of the closed table in its two sentences: what happened, what to do. */
export function FailureNotice({ failure, actions }: Props) {
  const { t } = useTranslation()
  return (
    <Notice
      tone="bad"
      title={t(`failure.${failure.code}.what`)}
      detail={failure.detail}
      isDetailOpen={isToldInItsOwnWords(failure.code)}
      actions={actions}
    >
      {t(`failure.${failure.code}.todo`)} <SettingLinks code={failure.code} />
    </Notice>
  )
}
