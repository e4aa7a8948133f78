import type { ModelRef } from '../../shared/backends/model-ref'
import { Standstills } from '../platform/standstills'
import { Chats } from '../services/chats/chats'
import type { Ground } from './ground'
import type { Local } from './local'

/** Whatever puts questions to models and keeps their answers. */
export function openAnswering(
  { database, sockets, logger, redact, opened }: Ground,
  { backends, models, said, lettingGo }: Local,
) {
  const standstills = new Standstills()
  standstills.open()
  opened.onClose(() => standstills.close())
  const isLoaded = (model: ModelRef) => models.isLoaded(model)
  const contextOf = (model: ModelRef) => models.contextOf(model)
  const chats = new Chats({ database, backends, sockets, isLoaded, contextOf, said, standstills, logger, redact })
  models.usedBy(() => chats.answering)
  opened.onClose(() => chats.close())
  lettingGo.push((why) => chats.letGo(why))
  return { chats }
}
