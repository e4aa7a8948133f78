import type { ReactNode } from 'react'
import classes from './facts.module.css'

type Props = { facts: [name: ReactNode, value: ReactNode][]; isMono?: boolean }

/** Names at the left, values at the right, one a line. */
export function Facts({ facts, isMono }: Props) {
  return (
    <dl className={classes.facts} data-mono={isMono || undefined}>
      {facts.map(([name, value], place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a fact is its place
        <div key={place} className={classes.fact}>
          <dt>{name}</dt>
          <dd title={typeof value === 'string' ? value : undefined}>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
