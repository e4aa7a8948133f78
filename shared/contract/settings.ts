import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { operation } from './operation'

const choices = {
  language: z.enum(['system', 'en', 'zh-CN']),
  theme: z.enum(['system', 'light', 'dark']),
  /** What happens to a server that Corral started when Corral quits. */
  onQuit: z.enum(['ask', 'leave', 'stop']),
  /** The server starts as soon as Corral does. */
  startServerOnLaunch: z.boolean(),
  /** The way to the first token has been walked, or skipped: the overview takes its place. */
  isChecklistDone: z.boolean(),
  /** Settings of the server that are seldom needed are shown. */
  showsAdvanced: z.boolean(),
}

/** What the user has chosen for Corral itself; the settings of Ollama's server lie in server-settings. */
export const Preferences = z.object({
  language: choices.language.default('system'),
  theme: choices.theme.default('system'),
  onQuit: choices.onQuit.default('ask'),
  startServerOnLaunch: choices.startServerOnLaunch.default(false),
  isChecklistDone: choices.isChecklistDone.default(false),
  showsAdvanced: choices.showsAdvanced.default(false),
})
export type Preferences = z.infer<typeof Preferences>

export const PreferencesState = z.object({
  preferences: Preferences,
  /** Where a settings file that did not parse was set aside, so that nothing in it is lost. */
  setAsideFile: z.string().nullable(),
  /** The same of the database, with the conversations and runs in it. */
  setAsideDatabase: z.string().nullable(),
})
export type PreferencesState = z.infer<typeof PreferencesState>

export const PreferencesChange = z.object(choices).partial()
export type PreferencesChange = z.infer<typeof PreferencesChange>

export const settings = {
  /** Corral's own preferences, now and after every change. */
  watch: operation.output(eventIterator(PreferencesState)),
  /** Changes some preferences and leaves the others. */
  change: operation.input(PreferencesChange),
}
