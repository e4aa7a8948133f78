import { Button, CopyButton, Popover } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './markdown.module.css'
import { webAddress } from './web-address'

type Props = { address: string; children: ReactNode }

/**
 * The only way out of what a model wrote. The link is a button: no address in the page that a browser could look up
 * by itself; a press shows the whole address, and a second one opens it.
 */
export function GuardedLink({ address, children }: Props) {
  const { t } = useTranslation()
  const target = webAddress(address)
  if (target === null) return <span title={address || undefined}>{children}</span>
  return (
    <Popover position="bottom-start" shadow="sm" withinPortal trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={classes.link}>
          {children}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={classes.linkAsk}>
        <div className={classes.address}>{target}</div>
        <div className={classes.linkActions}>
          <Button component="a" size="compact-sm" href={target} target="_blank" rel="noopener noreferrer nofollow">
            {t('markdown.open')}
          </Button>
          <CopyButton value={target}>
            {({ copied, copy }) => (
              <Button size="compact-sm" variant="default" onClick={copy}>
                {copied ? t('frame.copied') : t('frame.copy')}
              </Button>
            )}
          </CopyButton>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
