import { bench } from './bench'
import { answers, chats } from './chats'
import { gpus } from './gpus'
import { host } from './host'
import { machine } from './machine'
import { models } from './models'
import { pulls } from './pulls'
import { server } from './server'
import { serverLog } from './server-log'
import { serverSettings } from './server-settings'
import { settings } from './settings'

/** Everything the page can ask of its host; the same on both hosts. */
export const contract = {
  host,
  machine,
  settings,
  server,
  serverSettings,
  serverLog,
  models,
  pulls,
  gpus,
  chats,
  answers,
  bench,
}

export type Contract = typeof contract
