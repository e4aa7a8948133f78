import type { ReactNode } from 'react'
import classes from './facts.module.css'
import { LongName } from './long-name/long-name'

type Props = { facts: [name: ReactNode, value: ReactNode][]; isMono?: boolean }

/** Names at the left, values at the right, one a line. */
export function Facts({ facts, isMono }: Props) {
  return (
    <dl className={classes.facts} data-mono={isMono || undefined}>
      {facts.map(([name, value], place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a fact is its place
        <div key={place} className={classes.fact}>
          <dt>{name}</dt>
          <dd>{isMono && typeof value === 'string' ? <LongName>{value}</LongName> : value}</dd>
        </div>
      ))}
    </dl>
  )
}
