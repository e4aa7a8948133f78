import { Menu } from '@mantine/core'
import { IconMenu2, IconSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { useNeeds } from '../views/overview/use-needs'
import { openPalette } from './palette'
import classes from './rail.module.css'
import type { screens } from './screens'

type Props = { places: readonly (typeof screens)[number][]; current: string }

/** The fifth place at the foot of a phone: the screens that have none of their own, and how much needs the user. */
export function MorePlaces({ places, current }: Props) {
  const { t } = useTranslation()
  const [, navigate] = useLocation()
  const needCount = useNeeds().length
  return (
    <Menu position="top-end" withinPortal>
      <Menu.Target>
        <button
          type="button"
          className={`${classes.item} ${classes.more}`}
          aria-current={places.some(({ id }) => id === current) ? 'page' : undefined}
        >
          <IconMenu2 size={18} stroke={1.6} aria-hidden />
          <span className={classes.name}>{t('frame.more.name')}</span>
          {needCount > 0 ? (
            <span className={classes.count} role="img" aria-label={t('frame.more.needs', { count: needCount })}>
              {needCount}
            </span>
          ) : null}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {needCount > 0 ? (
          <Menu.Item
            onClick={() => navigate('/overview')}
            rightSection={<span className={classes.needs}>{needCount}</span>}
          >
            {t('frame.more.attention')}
          </Menu.Item>
        ) : null}
        {places.map(({ id, icon: Icon }) => (
          <Menu.Item key={id} leftSection={<Icon size={16} stroke={1.6} />} onClick={() => navigate(`/${id}`)}>
            {t(`frame.screens.${id}`)}
          </Menu.Item>
        ))}
        <Menu.Item leftSection={<IconSearch size={16} stroke={1.6} />} onClick={openPalette}>
          {t('frame.palette.label')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
