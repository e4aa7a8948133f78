import { Chats } from '../services/chats/chats'
import type { Ground } from './ground'
import type { Local } from './local'

/** Whatever puts questions to models and keeps their answers. */
export function openAnswering({ database, logger, opened }: Ground, { address }: Local) {
  const chats = new Chats(database, address, logger)
  opened.onClose(() => chats.close())
  return { chats }
}
