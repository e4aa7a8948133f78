import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type failures from '../i18n/en/failure.json'
import { Notice } from './notice'
import { SettingLinks } from './setting-links'

/** Every failure that has its sentences. */
type FailureKey = keyof typeof failures

type Props = { failure: { code: FailureKey; detail?: string | undefined }; actions?: ReactNode }

/** A failure of the closed table in its two sentences: what happened, what to do. */
export function FailureNotice({ failure, actions }: Props) {
  const { t } = useTranslation()
  return (
    <Notice tone="bad" title={t(`failure.${failure.code}.what`)} detail={failure.detail} actions={actions}>
      {t(`failure.${failure.code}.todo`)} <SettingLinks code={failure.code} />
    </Notice>
  )
}
