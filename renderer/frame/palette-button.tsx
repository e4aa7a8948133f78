import { UnstyledButton } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { openPalette } from './palette'
import classes from './palette.module.css'

const isMac = navigator.platform.startsWith('Mac')

/** The palette for those who do not know its keys yet. */
export function PaletteButton() {
  const { t } = useTranslation()
  return (
    <UnstyledButton className={classes.button} onClick={openPalette}>
      <IconSearch size={14} stroke={1.8} aria-hidden />
      {t('frame.palette.hint')}
      <kbd className={classes.keys} aria-hidden>
        {isMac ? '⌘K' : 'Ctrl K'}
      </kbd>
    </UnstyledButton>
  )
}
