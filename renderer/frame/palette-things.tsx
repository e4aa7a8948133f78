import type { SpotlightActionGroupData } from '@mantine/spotlight'
import {
  IconArrowBarToDown,
  IconChartLine,
  IconDownload,
  IconMessage,
  IconPackage,
  IconPlayerEject,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ownModel } from '../../shared/backends/own'
import { listedName } from '../../shared/ollama/model-name'
import { pastedName } from '../../shared/ollama/pasted-name'
import { useAction } from '../actions/use-action'
import { useFormat } from '../format/use-format'
import { savedRuns } from '../stores/bench'
import { useSoughtChats } from '../stores/chats'
import { loadModel, models, unloadModel } from '../stores/models'
import { addPull } from '../stores/pulls'
import type { GoTo } from './go-to'
import { typedId } from './palette-search'
import { alsoCalled } from './palette-words'
import { useInBothLanguages } from './use-in-both-languages'

type Actions = SpotlightActionGroupData['actions']

/** Every model: its place, and loading or unloading it. */
export function usePaletteModels(goTo: GoTo): Actions {
  const { t } = useTranslation()
  const inBoth = useInBothLanguages()
  const load = useAction(loadModel)
  const unload = useAction(unloadModel)
  const { installed = [], loaded = [], state } = models.useValue() ?? {}
  const held = new Set(loaded.map(({ name }) => name))
  return installed.flatMap(({ name }) => {
    const doing = held.has(name) ? 'unload' : 'load'
    const Icon = doing === 'load' ? IconArrowBarToDown : IconPlayerEject
    const open = {
      id: `model-${name}`,
      label: name,
      leftSection: <IconPackage size={18} stroke={1.6} />,
      onClick: () => goTo(`/models/${encodeURIComponent(name)}`),
    }
    if (state === 'no-server') return [open]
    return [
      open,
      {
        id: `${doing}-${name}`,
        label: t(`frame.palette.do.${doing}`, { model: name }),
        keywords: [...inBoth(`frame.palette.do.${doing}`, { model: name }), alsoCalled[doing] ?? ''],
        leftSection: <Icon size={18} stroke={1.6} />,
        onClick: () => void (doing === 'load' ? load : unload).run(name),
      },
    ]
  })
}

/** The conversations that hold what was typed; the host looks into their texts. */
export function usePaletteChats(goTo: GoTo, query: string, isOpen: boolean): Actions {
  const { t } = useTranslation()
  const format = useFormat()
  const words = query.trim()
  const chats = useSoughtChats(isOpen ? words : null)
  return chats.slice(0, mostFound).map(({ id, title, model, updatedAtMs }) => ({
    id: `conversation-${id}`,
    label: title || t('frame.palette.do.chat'),
    description: `${model.name} · ${format.moment(updatedAtMs)}`,
    keywords: [words, alsoCalled.conversation ?? ''],
    leftSection: <IconMessage size={18} stroke={1.6} />,
    onClick: () => goTo(`/playground/${id}`),
  }))
}

const mostFound = 30

/** Every saved run by its model and its time. */
export function usePaletteRuns(goTo: GoTo): Actions {
  const { t } = useTranslation()
  const format = useFormat()
  return (savedRuns.useValue() ?? []).slice(0, mostFound).map(({ id, plan, startedAtMs }) => ({
    id: `run-${id}`,
    label: t('frame.palette.do.run', { model: plan.model.name, time: format.moment(startedAtMs) }),
    keywords: alsoCalled.run ?? '',
    leftSection: <IconChartLine size={18} stroke={1.6} />,
    onClick: () => goTo(`/benchmark/${id}`),
  }))
}

/** A pull of what was typed, where it reads as the name of a model that is not installed. */
export function useTypedPull(goTo: GoTo, query: string): Actions {
  const { t } = useTranslation()
  const pull = useAction(addPull)
  const installed = models.useValue()?.installed ?? []
  // A plain word is looked for; a name has a number, a tag or an owner.
  if (!/[\d:：/／]/.test(query)) return []
  const name = pastedName(query.replace(/^\s*(拉取|下载|pull|download)\s*/i, ''))
  if ('problem' in name) return []
  const listed = listedName(name)
  if (installed.some((model) => model.name === listed)) return []
  return [
    {
      id: typedId,
      label: t('frame.palette.do.pullTyped', { model: listed }),
      leftSection: <IconDownload size={18} stroke={1.6} />,
      onClick: () => {
        void pull.run(ownModel(listed))
        goTo('/models')
      },
    },
  ]
}
