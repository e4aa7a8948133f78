import { IconPlugConnectedX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { connection } from '../connection/connection'
import { useFormat } from '../format/use-format'
import classes from './lost-banner.module.css'

const patienceMs = 800

/** The host is lost: how long ago, and that it is being tried. A blink of the link shows nothing. */
export function LostBanner() {
  const { t } = useTranslation()
  const format = useFormat()
  const lostAtMs = useStore(connection, (state) => (state.state === 'open' ? null : state.lostAtMs))
  const isRefused = useStore(connection, (state) => state.state === 'refused')
  const [nowMs, setNowMs] = useState(Date.now())
  useEffect(() => {
    if (lostAtMs === null) return
    const timer = setInterval(() => setNowMs(Date.now()), 500)
    return () => clearInterval(timer)
  }, [lostAtMs])
  if (lostAtMs === null || nowMs - lostAtMs < patienceMs) return null
  return (
    <div className={classes.banner} role="alert">
      <IconPlugConnectedX size={16} stroke={1.8} aria-hidden />
      <strong>{t('frame.lost.title', { age: format.duration(nowMs - lostAtMs) })}</strong>
      <span>{t(isRefused ? 'frame.lost.newLink' : 'frame.lost.text')}</span>
    </div>
  )
}
