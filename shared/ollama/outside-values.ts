import type { ServerSettings } from './chosen-settings'
import { validateSetting } from './setting-values'
import { settings } from './settings'
import { isInEffect, readValue } from './value-reading'

type Variable = { name: string; value: string }

/** The form with a variable from outside it: in its own row where there is one; null where Ollama could not read it. */
export function withVariable(chosen: ServerSettings, { name, value }: Variable): ServerSettings | null {
  if (name === 'OLLAMA_HOST') {
    const address = addressIn(value)
    return address && { ...chosen, ...address }
  }
  const setting = settings.find(({ variable }) => variable === name)
  if (!setting) {
    return { ...chosen, extra: [...chosen.extra.filter((one) => one.name !== name), { name, value }] }
  }
  const reading = readValue(setting, value, '0.0.0')
  const text = reading.is === 'read' ? reading.value : null
  const level = text !== null && setting.id === 'debug' && Number(text) > 1 ? '1' : text
  if (level === null || validateSetting(setting, level) !== null) return null
  return { ...chosen, values: { ...chosen.values, [setting.id]: level } }
}

/** Whether the form says the same already. */
export function holdsVariable(chosen: ServerSettings, { name, value }: Variable): boolean {
  if (name === 'OLLAMA_HOST') {
    const address = addressIn(value)
    return address !== null && address.host === chosen.host && address.port === chosen.port
  }
  const setting = settings.find(({ variable }) => variable === name)
  if (!setting) return chosen.extra.some((one) => one.name === name && one.value === value)
  const set = chosen.values[setting.id]
  if (set === undefined) return false
  // The form may say less than the variable could: a level of the log is only on or off in it.
  return (
    withVariable(chosen, { name, value })?.values[setting.id] === set || isInEffect(setting, set, value, '0.0.0', '~')
  )
}

/** OLLAMA_HOST as Ollama reads it: a scheme and a path may be there, the port may be missing. */
function addressIn(value: string): { host: string; port: number } | null {
  const own = value.trim().replace(/^["']+|["']+$/g, '')
  const match = /^(?:(https?):\/\/)?(\[[0-9a-f:.]+\]|[^:/[\]]*)(?::(\d+))?(?:\/.*)?$/i.exec(own)
  if (!match) return null
  const [, scheme, host = '', port] = match
  const standard = { http: 80, https: 443 }[scheme?.toLowerCase() ?? ''] ?? 11_434
  const number = port === undefined ? standard : Number(port)
  return { host: host.replace(/^\[(.*)\]$/, '$1') || '127.0.0.1', port: number > 65_535 ? 11_434 : number }
}
