import { IconChevronRight } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import classes from './title-link.module.css'

/** The title of a card that leads to its screen: a title to the eye, a link to whoever points at it or tabs to it. */
export function TitleLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} className={classes.link}>
      <span className={classes.words}>{children}</span>
      <IconChevronRight size={14} stroke={1.8} className={classes.mark} aria-hidden />
    </Link>
  )
}
