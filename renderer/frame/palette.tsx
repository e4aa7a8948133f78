import '@mantine/spotlight/styles.css'
import { Spotlight, type SpotlightActionGroupData, spotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { usePaletteActions } from './palette-actions'
import { screens } from './screens'

export const openPalette = () => spotlight.open()

/** Every screen, every action, every model, by name. */
export function Palette() {
  const { t } = useTranslation()
  const [, navigate] = useLocation()
  const groups: SpotlightActionGroupData[] = [
    {
      group: t('frame.palette.screens'),
      actions: screens.map(({ id, icon: Icon }) => ({
        id: `screen-${id}`,
        label: t(`frame.screens.${id}`),
        leftSection: <Icon size={18} stroke={1.6} />,
        keywords: id,
        onClick: () => navigate(`/${id}`),
      })),
    },
    ...usePaletteActions(),
  ]
  return (
    <Spotlight
      actions={groups}
      shortcut={['mod + K']}
      tagsToIgnore={[]}
      nothingFound={t('frame.palette.nothing')}
      limit={12}
      scrollable
      maxHeight={420}
      highlightQuery
      searchProps={{
        leftSection: <IconSearch size={18} stroke={1.6} />,
        placeholder: t('frame.palette.placeholder'),
        'aria-label': t('frame.palette.label'),
      }}
    />
  )
}
