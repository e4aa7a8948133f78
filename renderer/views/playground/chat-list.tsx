import { ActionIcon, Button, Menu, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconDots, IconPencil, IconPlus, IconSearch, IconTrash } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { ChatSummary } from '../../../shared/contract/chats'
import { showDone } from '../../actions/notify'
import { useAction } from '../../actions/use-action'
import { fieldKeys } from '../../components/field-keys'
import { LongName } from '../../components/long-name/long-name'
import { Waiting } from '../../components/waiting'
import { useFormat } from '../../format/use-format'
import { removeChat, renameChat, restoreChat, useChatList } from '../../stores/chats'
import classes from './chat-list.module.css'

const rowHeight = 48
const searchAfterMs = 120

type Props = { openId: string | null; onOpen: (id: string | null) => void }

/** All chats, the latest first: search, rename, delete with undo. */
export const ChatList = memo(function ChatList({ openId, onOpen }: Props) {
  const { t } = useTranslation()
  const [words, setWords] = useState('')
  const [search] = useDebouncedValue(words.trim(), searchAfterMs)
  const { value: chats, isStale } = useChatList(search)
  return (
    <nav className={classes.list} aria-label={t('playground.chats')}>
      <div className={classes.head}>
        <Button
          variant="default"
          fullWidth
          leftSection={<IconPlus size={16} stroke={1.8} />}
          onClick={() => onOpen(null)}
        >
          {t('playground.newChat')}
        </Button>
        <TextInput
          type="search"
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          placeholder={t('playground.search')}
          aria-label={t('playground.search')}
          leftSection={<IconSearch size={15} stroke={1.8} />}
        />
      </div>
      {chats === null ? (
        <div className={classes.waiting}>
          <Waiting sentence={t('playground.loadingChats')} heights={[40, 40, 40]} />
        </div>
      ) : chats.length === 0 ? (
        <p className={classes.none}>{words.trim() ? t('playground.noneFound') : t('playground.none')}</p>
      ) : (
        <Rows chats={chats} isStale={isStale} openId={openId} onOpen={onOpen} />
      )}
    </nav>
  )
})

function Rows({ chats, isStale, openId, onOpen }: Props & { chats: ChatSummary[]; isStale: boolean }) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: chats.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (place) => chats[place]?.id ?? place,
    overscan: 8,
  })
  return (
    <div ref={scroller} className={classes.scroller} data-stale={isStale || undefined}>
      <ul className={classes.rows} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ key, index, start }) => {
          const chat = chats[index]
          return chat ? (
            <li key={key} className={classes.row} style={{ transform: `translateY(${start}px)` }}>
              <ChatRow chat={chat} isOpen={chat.id === openId} onOpen={onOpen} />
            </li>
          ) : null
        })}
      </ul>
    </div>
  )
}

type RowProps = { chat: ChatSummary; isOpen: boolean; onOpen: Props['onOpen'] }

const ChatRow = memo(function ChatRow({ chat, isOpen, onOpen }: RowProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const [isRenaming, setRenaming] = useState(false)
  const title = chat.title || t('playground.untitled')
  const remove = useAction(async () => {
    await removeChat(chat.id)
    if (isOpen) onOpen(null)
    showDone(t('playground.removed', { title }), () => void restore.run())
  })
  const restore = useAction(async () => {
    await restoreChat(chat.id)
    onOpen(chat.id)
  })
  if (isRenaming) return <TitleField chat={chat} onEnd={() => setRenaming(false)} />
  return (
    <div className={classes.item} data-open={isOpen || undefined}>
      <Link className={classes.link} href={`/playground/${chat.id}`} aria-current={isOpen ? 'page' : undefined}>
        <span className={classes.title}>{title}</span>
        <span className={classes.note}>
          <LongName>{chat.model.name}</LongName>
          <span className={classes.time}> · {format.moment(chat.updatedAtMs)}</span>
        </span>
      </Link>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon
            className={classes.more}
            variant="subtle"
            color="gray"
            size={28}
            aria-label={t('playground.actionsOf', { title })}
          >
            <IconDots size={16} stroke={1.8} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={15} stroke={1.8} />} onClick={() => setRenaming(true)}>
            {t('playground.rename')}
          </Menu.Item>
          <Menu.Item color="red" leftSection={<IconTrash size={15} stroke={1.8} />} onClick={() => void remove.run()}>
            {t('playground.remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  )
})

function TitleField({ chat, onEnd }: { chat: ChatSummary; onEnd: () => void }) {
  const { t } = useTranslation()
  const [title, setTitle] = useState(chat.title)
  const rename = useAction(() => renameChat(chat.id, title))
  const end = async () => {
    if (title.trim() && title !== chat.title) await rename.run()
    onEnd()
  }
  return (
    <TextInput
      className={classes.field}
      data-autofocus
      ref={(field) => field?.focus()}
      value={title}
      maxLength={200}
      aria-label={t('playground.title')}
      onChange={(event) => setTitle(event.currentTarget.value)}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={() => void end()}
      onKeyDown={fieldKeys({ onEnter: () => void end(), onEscape: onEnd })}
    />
  )
}
