import type { ReactNode } from 'react'
import classes from './icon-button.module.css'

type Props = { label: string; isDisabled?: boolean; onClick: () => void; children: ReactNode }

/** A picture to press, its name on hover. Plain, for places that are drawn by the hundred while somebody scrolls. */
export function IconButton({ label, isDisabled = false, onClick, children }: Props) {
  return (
    <button
      type="button"
      className={classes.button}
      title={label}
      aria-label={label}
      disabled={isDisabled}
      onClick={onClick}
    >
      {children}
    </button>
  )
}
