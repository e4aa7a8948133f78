import { Button } from '@mantine/core'
import { Component, type ReactNode } from 'react'
import { type WithTranslation, withTranslation } from 'react-i18next'
import { Notice } from '../components/notice'
import classes from './frame.module.css'

type Props = WithTranslation & { children: ReactNode }

/** Keeps the error of one screen from taking the others with it. */
class BrokenScreenBoundary extends Component<Props, { error: Error | null }> {
  override state = { error: null as Error | null }

  static getDerivedStateFromError(error: Error) {
    return { error }
  }

  override render() {
    const { t, children } = this.props
    const { error } = this.state
    if (!error) return children
    return (
      <div className={classes.instead}>
        <Notice
          tone="bad"
          title={t('frame.broken.title')}
          detail={error.stack ?? error.message}
          actions={
            <Button variant="default" onClick={() => this.setState({ error: null })}>
              {t('frame.retry')}
            </Button>
          }
        >
          {t('frame.broken.text')}
        </Notice>
      </div>
    )
  }
}

export const BrokenScreen = withTranslation()(BrokenScreenBoundary)
