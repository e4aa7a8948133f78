import { useStore } from 'zustand'
import { ownModel } from '../../../shared/backends/own'
import { answersQuestions } from '../../../shared/ollama/answers-questions'
import { connection, host } from '../../connection/connection'
import { models } from '../../stores/models'
import { useLoaded } from '../../stores/use-loaded'

export type Blocked = 'host-lost' | 'loading' | 'no-server' | 'no-model' | 'unlisted'

export type ChatModel = {
  name: string
  digest: string
  isLoaded: boolean
  trainedContext: number | null
  loadedContext: number | null
}

/** The models that can be talked to, and why nothing can be asked where that is so. */
export function useChatModels(): { models: ChatModel[]; blocked: Blocked | null } {
  const { value } = models.use((state) => state)
  const isLost = useStore(connection, (state) => state.client === null)
  const loaded = new Map(value?.loaded.map((model) => [model.name, model]))
  const known = (value?.installed ?? []).filter(answersQuestions).map(({ name, digest, contextLength }) => ({
    name,
    digest,
    isLoaded: loaded.has(name),
    trainedContext: contextLength,
    loadedContext: loaded.get(name)?.contextLength ?? null,
  }))
  return { models: known, blocked: isLost ? 'host-lost' : blockedBy(value?.state, known.length) }
}

function blockedBy(state: 'no-server' | 'loading' | 'ready' | 'failed' | undefined, modelCount: number) {
  if (state === undefined || state === 'loading') return 'loading'
  if (state === 'no-server') return 'no-server'
  if (modelCount > 0) return null
  return state === 'failed' ? 'unlisted' : 'no-model'
}

/** The context that a model's own parameters give it; null where they do not, or it cannot be told. */
export function useContextOfModel(model: ChatModel | undefined): number | null {
  const { name = '', digest = '' } = model ?? {}
  const details = useLoaded(name, digest, async () =>
    name === '' ? null : host().models.show({ model: ownModel(name) }),
  ).value
  return Number(details?.parameters.find((parameter) => parameter.name === 'num_ctx')?.value) || null
}
