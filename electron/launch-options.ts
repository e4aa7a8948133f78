import { parseArgs } from 'node:util'
import { lines } from './help.json'
import { isLoopback } from './platform/loopback'

export type LaunchOptions = {
  isHelp: boolean
  isWeb: boolean
  isDemo: boolean
  /** 0 takes a free one. */
  port: number
  bindAddress: string
  dataFolder: string | null // null: the usual place
  opensBrowser: boolean
  /** The links of the web host given out so far shall open nothing any more. */
  renewsLink: boolean
}

/** A file apart, so that `npm start -- --help` need not build Corral first. */
export const help = `${lines.join('\n')}\n`

/** Reads the command line. Throws an Error whose message says what to write instead. */
export function parseLaunchOptions(commandArguments: readonly string[]): LaunchOptions {
  const { values } = parseArgs({
    args: [...commandArguments],
    allowPositionals: false,
    options: {
      help: { type: 'boolean', default: false },
      web: { type: 'boolean', default: false },
      demo: { type: 'boolean', default: false },
      port: { type: 'string', default: '7860' },
      bind: { type: 'string', default: '127.0.0.1' },
      data: { type: 'string' },
      'no-open': { type: 'boolean', default: false },
      'new-link': { type: 'boolean', default: false },
    },
  })
  const port = Number(values.port)
  if (!/^\d{1,5}$/.test(values.port) || port > 65535) {
    throw new Error(`--port takes a number from 0 to 65535, not "${values.port}"`)
  }
  if (values.data === '') throw new Error('--data takes a folder')
  return {
    isHelp: values.help,
    isWeb: values.web || !isLoopback(values.bind),
    isDemo: values.demo,
    port,
    bindAddress: values.bind,
    dataFolder: values.data ?? null,
    opensBrowser: !values['no-open'],
    renewsLink: values['new-link'],
  }
}
