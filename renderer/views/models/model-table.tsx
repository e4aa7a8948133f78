import { ActionIcon, Loader, Menu } from '@mantine/core'
import {
  IconChevronDown,
  IconChevronUp,
  IconDots,
  IconInfoCircle,
  IconPlayerEject,
  IconPlayerPlay,
  IconTrash,
} from '@tabler/icons-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InstalledModel, LoadedModel, Models } from '../../../shared/contract/models'
import { formatCount, unknown } from '../../format/numbers'
import { formatGibibytes, formatSize } from '../../format/sizes'
import { useFormat } from '../../format/use-format'
import { useNow } from '../../format/use-now'
import { loadModel, unloadModel } from '../../stores/models'
import { useAction } from '../../stores/use-action'
import classes from './model-table.module.css'
import { type Sort, type SortKey, sortModels } from './sort'

const columns: { key: SortKey | 'quantization' | 'loaded'; isNumber?: boolean }[] = [
  { key: 'name' },
  { key: 'parameters', isNumber: true },
  { key: 'quantization' },
  { key: 'size', isNumber: true },
  { key: 'context', isNumber: true },
  { key: 'loaded' },
  { key: 'changed', isNumber: true },
]

type Props = { state: Models; onOpen: (name: string) => void; onRemove: (name: string) => void }

/** Installed models. Arrow keys move, Enter opens; what is loaded says where and until when. */
export function ModelTable({ state, onOpen, onRemove }: Props) {
  const { t } = useTranslation()
  const [sort, setSort] = useState<Sort>({ key: 'name', isDescending: false })
  const body = useRef<HTMLTableSectionElement>(null)
  const rows = sortModels(state.installed, sort)
  const move = (event: KeyboardEvent, place: number) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const next = body.current?.rows[Math.min(rows.length - 1, Math.max(0, place + step))]
    next?.querySelector<HTMLElement>('button')?.focus()
  }
  return (
    <div className={classes.card}>
      <table className={classes.table}>
        <thead>
          <tr>
            {columns.map(({ key, isNumber }) => (
              <th
                key={key}
                data-number={isNumber || undefined}
                aria-sort={key === sort.key ? (sort.isDescending ? 'descending' : 'ascending') : undefined}
              >
                {key === 'quantization' || key === 'loaded' ? (
                  t(`models.columns.${key}`)
                ) : (
                  <button
                    type="button"
                    className={classes.sort}
                    onClick={() =>
                      setSort({ key, isDescending: key === sort.key ? !sort.isDescending : key !== 'name' })
                    }
                  >
                    {t(`models.columns.${key}`)}
                    {key !== sort.key ? null : sort.isDescending ? (
                      <IconChevronDown size={12} />
                    ) : (
                      <IconChevronUp size={12} />
                    )}
                  </button>
                )}
              </th>
            ))}
            <th aria-label={t('models.columns.actions')} />
          </tr>
        </thead>
        <tbody ref={body}>
          {rows.map((model, place) => (
            <Row
              key={model.name}
              model={model}
              loaded={state.loaded.find(({ name }) => name === model.name) ?? null}
              isBusy={state.busy.includes(model.name)}
              onOpen={() => onOpen(model.name)}
              onRemove={() => onRemove(model.name)}
              onKeyDown={(event) => move(event, place)}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

type RowProps = {
  model: InstalledModel
  loaded: LoadedModel | null
  isBusy: boolean
  onOpen: () => void
  onRemove: () => void
  onKeyDown: (event: KeyboardEvent) => void
}

function Row({ model, loaded, isBusy, onOpen, onRemove, onKeyDown }: RowProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const load = useAction(() => loadModel(model.name))
  const unload = useAction(() => unloadModel(model.name))
  return (
    <tr data-loaded={loaded ? true : undefined}>
      <td>
        <button type="button" className={classes.name} onClick={onOpen} onKeyDown={onKeyDown} title={model.name}>
          {model.name}
        </button>
      </td>
      <td data-number>{model.parameterSize ?? unknown}</td>
      <td className={classes.muted}>{model.quantization ?? unknown}</td>
      <td data-number>{formatSize(model.sizeBytes)}</td>
      <td data-number className={classes.muted}>
        {formatCount(model.contextLength)}
      </td>
      <td>
        <Where loaded={loaded} isBusy={isBusy} />
      </td>
      <td data-number className={classes.muted}>
        {format.day(model.modifiedAtMs)}
      </td>
      <td data-actions>
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={t('models.actions', { name: model.name })}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconInfoCircle size={16} />} onClick={onOpen}>
              {t('models.details.open')}
            </Menu.Item>
            {loaded ? (
              <Menu.Item
                leftSection={<IconPlayerEject size={16} />}
                disabled={isBusy}
                onClick={() => void unload.run()}
              >
                {t('models.unload')}
              </Menu.Item>
            ) : (
              <Menu.Item leftSection={<IconPlayerPlay size={16} />} disabled={isBusy} onClick={() => void load.run()}>
                {t('models.load')}
              </Menu.Item>
            )}
            <Menu.Divider />
            <Menu.Item color="red" leftSection={<IconTrash size={16} />} disabled={isBusy} onClick={onRemove}>
              {t('models.remove.menu', { size: formatSize(model.sizeBytes) })}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </td>
    </tr>
  )
}

/** Where a model is: on disk, on the cards, partly on the processor; and how long it stays. */
function Where({ loaded, isBusy }: { loaded: LoadedModel | null; isBusy: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow(loaded ? 1000 : 60_000)
  if (isBusy) {
    return (
      <span className={classes.where}>
        <Loader size={12} /> {t('models.where.busy')}
      </span>
    )
  }
  if (!loaded) return <span className={classes.muted}>{t('models.where.disk')}</span>
  const share = loaded.sizeBytes === 0 ? 1 : loaded.vramBytes / loaded.sizeBytes
  const place =
    loaded.vramBytes === 0
      ? t('models.where.processor')
      : share > 0.995
        ? t('models.where.gpu', { memory: formatGibibytes(loaded.vramBytes) })
        : t('models.where.split', { percent: Math.round(share * 100) })
  const until =
    loaded.expiresAtMs === null
      ? t('models.where.forever')
      : t('models.where.until', { age: format.duration(Math.max(0, loaded.expiresAtMs - now)) })
  return (
    <span className={classes.where} title={`${place}, ${until}`}>
      <span className={classes.dot} data-tone={share > 0.995 ? 'good' : 'caution'} aria-hidden />
      {place}
      <span className={classes.muted}>{until}</span>
    </span>
  )
}
