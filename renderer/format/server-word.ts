import type { Server } from '../../shared/contract/server'

/** The state of the server in a word: what ended unseen is not called a crash. */
export const serverWord = ({ state, exit }: Pick<Server, 'state' | 'exit'>) =>
  state === 'crashed' && exit?.reason === 'unseen' ? 'ended' : state
