import type { PreferencesChange } from '../../shared/contract/settings'
import { host } from '../connection/connection'
import { watchStore } from './watch'

export const settings = watchStore((client, signal) => client.settings.watch(undefined, { signal }))

export const changeSettings = (change: PreferencesChange) => host().settings.change(change)
