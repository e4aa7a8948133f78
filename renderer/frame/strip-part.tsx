import { VisuallyHidden } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { LongName } from '../components/long-name/long-name'
import classes from './strip.module.css'

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

/** The grey words of a part, which stay as far as there is room. */
export const StripNote = ({ children }: { children: ReactNode }) => <span className={classes.note}>{children}</span>

/** Words of a note that stay or go together. */
export const StripPiece = ({ children }: { children: ReactNode }) => <span className={classes.piece}>{children}</span>

/** A name as long as the strip can bear. */
export const StripName = ({ children }: { children: string }) => (
  <LongName className={classes.name}>{children}</LongName>
)

/** Words of a note for wide windows only. */
export const StripMore = ({ children }: { children: ReactNode }) => <span className={classes.wide}>{children}</span>

type Tone = 'good' | 'caution' | 'bad' | 'info' | 'faint'

/** A dot whose colour repeats what the word beside it says. */
export const StripDot = ({ tone }: { tone: Tone }) => <span className={classes.dot} data-tone={tone} aria-hidden />
