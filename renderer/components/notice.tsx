import { Button, CopyButton } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconExclamationCircle, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './notice.module.css'

export type Tone = 'info' | 'caution' | 'bad' | 'good'

const icons = {
  info: IconInfoCircle,
  caution: IconAlertTriangle,
  bad: IconExclamationCircle,
  good: IconCircleCheck,
}

type Props = {
  tone: Tone
  /** What happened. */
  title: ReactNode
  /** What to do. */
  children?: ReactNode
  /** The words of the machine, folded, with copy. */
  detail?: string | null | undefined
  /** Those words are all that is known. */
  isDetailOpen?: boolean
  /** The buttons that do it. */
  actions?: ReactNode
}

/** Something that happened: what, what to do, the button that does it, and the machine's own words folded below. */
export function Notice({ tone, title, children, detail, isDetailOpen = false, actions }: Props) {
  const { t } = useTranslation()
  const Icon = icons[tone]
  return (
    <div className={classes.notice} data-tone={tone} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon size={18} stroke={1.8} className={classes.icon} aria-hidden />
      <div className={classes.body}>
        <div className={classes.title}>{title}</div>
        {children ? <div className={classes.text}>{children}</div> : null}
        {actions ? <div className={classes.actions}>{actions}</div> : null}
        {detail ? (
          <details className={classes.details} open={isDetailOpen}>
            <summary>{t('frame.details')}</summary>
            <pre className={classes.detail}>{detail}</pre>
            <CopyButton value={detail}>
              {({ copied, copy }) => (
                <Button variant="default" size="compact-xs" onClick={copy}>
                  {copied ? t('frame.copied') : t('frame.copy')}
                </Button>
              )}
            </CopyButton>
          </details>
        ) : null}
      </div>
    </div>
  )
}
