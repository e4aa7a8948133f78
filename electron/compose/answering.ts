import type { ModelRef } from '../../shared/backends/model-ref'
import { Chats } from '../services/chats/chats'
import type { Ground } from './ground'
import type { Local } from './local'

/** Whatever puts questions to models and keeps their answers. */
export function openAnswering({ database, sockets, logger, redact, opened }: Ground, { backends, models }: Local) {
  const isLoaded = (model: ModelRef) => models.isLoaded(model)
  const chats = new Chats({ database, backends, sockets, isLoaded, logger, redact })
  models.usedBy(() => chats.answering)
  opened.onClose(() => chats.close())
  return { chats }
}
