import { UnstyledButton } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { openPalette } from './palette'
import classes from './palette.module.css'
import { leavesAt, StripPiece } from './strip-part'

const isMac = navigator.platform.startsWith('Mac')

/** The palette for those who do not know its keys yet. */
export function PaletteButton() {
  const { t } = useTranslation()
  return (
    <UnstyledButton
      className={classes.button}
      data-goes={leavesAt.search}
      aria-label={t('frame.palette.hint')}
      onClick={openPalette}
    >
      <IconSearch size={14} stroke={1.8} aria-hidden />
      <StripPiece is="hint">{t('frame.palette.hint')}</StripPiece>
      <StripPiece is="hint">
        <kbd className={classes.keys} aria-hidden>
          {isMac ? '⌘K' : 'Ctrl K'}
        </kbd>
      </StripPiece>
    </UnstyledButton>
  )
}
