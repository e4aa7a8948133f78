import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { PaletteButton } from './palette-button'
import { SimulatedMark } from './simulated-mark'
import classes from './strip.module.css'
import { stripSteps } from './strip-part'
import { GpuParts } from './strip-parts/gpu-part'
import { PullPart } from './strip-parts/pull-part'
import { RunPart } from './strip-parts/run-part'
import { ServerPart } from './strip-parts/server-part'
import { useFit } from './use-fit'

/** What runs, on every screen: one part a domain, each a link to its screen, each silent when it has nothing to say. */
const parts: ComponentType[] = [ServerPart, GpuParts, PullPart, RunPart]

export function Strip() {
  const { t } = useTranslation()
  const line = useFit<HTMLElement>(stripSteps)
  return (
    <section ref={line} className={classes.strip} aria-label={t('frame.strip')}>
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
