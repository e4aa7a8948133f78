import { UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { openPalette } from './palette'
import classes from './palette.module.css'
import { leavesAt } from './strip-part'

const isMac = navigator.platform.startsWith('Mac')

/** The palette for those who do not know its keys yet. */
export function PaletteButton() {
  const { t } = useTranslation()
  return (
    <UnstyledButton className={classes.button} data-goes={leavesAt.search} onClick={openPalette}>
      <IconSearch size={14} stroke={1.8} aria-hidden />
      <VisuallyHidden>{t('frame.palette.hint')}</VisuallyHidden>
      <span className={classes.words} data-goes={leavesAt.hint} aria-hidden>
        {t('frame.palette.hint')}
        <kbd className={classes.keys}>{isMac ? '⌘K' : 'Ctrl K'}</kbd>
      </span>
    </UnstyledButton>
  )
}
