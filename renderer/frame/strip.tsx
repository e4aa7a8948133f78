import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { PaletteButton } from './palette-button'
import { SimulatedMark } from './simulated-mark'
import classes from './strip.module.css'
import { StripBenchmark } from './strip-benchmark'

/** What runs, on every screen: one part a domain, each a link to its screen, each silent when it has nothing to say. */
const parts: ComponentType[] = [StripBenchmark]

export function Strip() {
  const { t } = useTranslation()
  return (
    <section className={classes.strip} aria-label={t('frame.strip')}>
      {parts.map((Part, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts never change
        <Part key={place} />
      ))}
      <div className={classes.end}>
        <SimulatedMark />
        <PaletteButton />
      </div>
    </section>
  )
}
