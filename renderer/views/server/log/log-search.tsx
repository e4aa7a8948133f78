import { ActionIcon, TextInput } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconSearch } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { LogMatch } from '../../../../shared/contract/server-log'
import { fieldKeys } from '../../../components/field-keys'
import { formatCount } from '../../../format/numbers'
import classes from './log.module.css'

type Props = {
  search: string
  match: LogMatch | 'none' | null
  onSearch: (search: string) => void
  onMove: (direction: 'next' | 'previous') => void
}

/** What to look for, how often it stands there, and the ways to the next and the one before. */
export function LogSearch({ search, match, onSearch, onMove }: Props) {
  const { t } = useTranslation()
  const field = useRef<HTMLInputElement>(null)
  // The browser's own search would see the lines in sight only.
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isFind =
        event.key.toLowerCase() === 'f' && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey
      if (!isFind || document.querySelector('[role=dialog]')) return
      event.preventDefault()
      field.current?.focus()
      field.current?.select()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  const found = match === 'none' ? null : match
  const moves = [
    ['previous', IconChevronUp],
    ['next', IconChevronDown],
  ] as const
  return (
    <TextInput
      ref={field}
      className={classes.search}
      size="xs"
      leftSection={<IconSearch size={14} />}
      placeholder={t('server.log.search')}
      aria-label={t('server.log.search')}
      value={search}
      onChange={(event) => onSearch(event.currentTarget.value)}
      maxLength={500}
      onKeyDown={fieldKeys({
        onEnter: ({ shiftKey }) => onMove(shiftKey ? 'previous' : 'next'),
        onEscape: () => onSearch(''),
      })}
      rightSectionWidth={search === '' ? 0 : 132}
      rightSection={
        search === '' ? null : (
          <>
            <span className={classes.rank} role="status">
              {found
                ? t('server.log.rank', { rank: formatCount(found.rank), count: formatCount(found.matchCount) })
                : match === 'none'
                  ? t('server.log.notFound')
                  : ''}
            </span>
            {moves.map(([direction, Icon]) => (
              <ActionIcon
                key={direction}
                variant="subtle"
                color="gray"
                size={22}
                disabled={!found}
                aria-label={t(`server.log.${direction}`)}
                onClick={() => onMove(direction)}
              >
                <Icon size={15} />
              </ActionIcon>
            ))}
          </>
        )
      }
    />
  )
}
