import '@mantine/spotlight/styles.css'
import { Spotlight, type SpotlightActionGroupData, spotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { fetchInBothLanguages } from '../i18n/i18n'
import type { GoTo } from './go-to'
import { usePaletteActions } from './palette-actions'
import { searchPalette } from './palette-search'
import { alsoCalled } from './palette-words'
import { screens } from './screens'
import { useInBothLanguages } from './use-in-both-languages'

export const openPalette = () => spotlight.open()

/** Every screen, action, model and setting, by name. */
export function Palette() {
  const { t } = useTranslation()
  const [, navigate] = useLocation()
  const [givesFocusBack, setGivesFocusBack] = useState(true)
  const [query, setQuery] = useState('')
  const [isOpen, setOpen] = useState(false)
  const [, setBothThere] = useState(false)
  const inBoth = useInBothLanguages()
  const goTo: GoTo = (address, focuses = false) => {
    setGivesFocusBack(!focuses)
    navigate(address)
  }
  const groups: SpotlightActionGroupData[] = [
    {
      group: t('frame.palette.screens'),
      actions: screens.map(({ id, icon: Icon }) => ({
        id: `screen-${id}`,
        label: t(`frame.screens.${id}`),
        leftSection: <Icon size={18} stroke={1.6} />,
        keywords: [id, ...inBoth(`frame.screens.${id}`), alsoCalled[`screen-${id}`] ?? ''],
        onClick: () => goTo(`/${id}`),
      })),
    },
    ...usePaletteActions({ goTo, query, isOpen }),
  ]
  return (
    <Spotlight
      actions={groups}
      filter={searchPalette}
      returnFocus={givesFocusBack}
      query={query}
      onQueryChange={setQuery}
      onSpotlightOpen={() => {
        setGivesFocusBack(true)
        setOpen(true)
        // Without the other language, or the settings' sentences, the rest is still found.
        fetchInBothLanguages(['frame', 'words', 'server']).then(
          () => setBothThere(true),
          () => {},
        )
      }}
      onSpotlightClose={() => setOpen(false)}
      shortcut={['mod + K']}
      tagsToIgnore={[]}
      nothingFound={t('frame.palette.nothing')}
      limit={20}
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
