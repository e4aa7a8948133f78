import { VisuallyHidden } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { LongName } from '../components/long-name/long-name'
import classes from './strip.module.css'

/** What the strip leaves out as it gets narrow, step by step: names go before figures, the state and the loads stay. */
export const leavesAt = {
  hint: 1,
  // 2 shortens names
  name: 3,
  address: 4,
  timeLeft: 5,
  watts: 6,
  unit: 7,
  picture: 8,
  // 9 takes the air between the parts
  memory: 10,
  search: 11,
  cardNumber: 12,
} as const

export const stripSteps = 12

type Dispensable = keyof typeof leavesAt

type Props = { href: string; label: string; isDimmed?: boolean; children: ReactNode }

/** One part of the strip: a link to the screen that says more. */
export function StripPart({ href, label, isDimmed, children }: Props) {
  return (
    <Link href={href} className={classes.part} title={label} data-dimmed={isDimmed || undefined}>
      <VisuallyHidden>{label}:</VisuallyHidden>
      {children}
    </Link>
  )
}

/** Words that are left out where there is no room for them. */
export function StripPiece({
  is,
  isGrey = true,
  children,
}: {
  is: Dispensable
  isGrey?: boolean
  children: ReactNode
}) {
  return (
    <span className={isGrey ? classes.note : undefined} data-goes={leavesAt[is]}>
      {children}
    </span>
  )
}

/** A name as long as the strip can bear. */
export const StripName = ({ children }: { children: string }) => (
  <span className={classes.name} data-goes={leavesAt.name}>
    <LongName>{children}</LongName>
  </span>
)

/** Words for wide windows only. */
export const StripMore = ({ children }: { children: ReactNode }) => <span className={classes.wide}>{children}</span>

type Tone = 'good' | 'caution' | 'bad' | 'info' | 'faint'

/** A dot whose colour repeats what the word beside it says. */
export const StripDot = ({ tone }: { tone: Tone }) => <span className={classes.dot} data-tone={tone} aria-hidden />
