import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { type ReactNode, useEffect } from 'react'
import { Router } from 'wouter'
import { useHashLocation } from 'wouter/use-hash-location'
import { useStore } from 'zustand'
import { connection } from '../connection/connection'
import { speak, systemLanguage } from '../i18n/i18n'
import { settings } from '../stores/settings'
import { theme } from '../theme'
import { Frame } from './frame'
import { Refused } from './refused'

/** The page: colours, language and addresses around the frame. */
export function App() {
  // A page that was open stays, with what was written in it; its banner says what to do.
  const isRefused = useStore(connection, (state) => state.state === 'refused' && state.lostAtMs === null)
  return (
    <Appearance>
      <Notifications position="bottom-left" containerWidth={336} limit={4} />
      <Router hook={useHashLocation}>{isRefused ? <Refused /> : <Frame />}</Router>
    </Appearance>
  )
}

function Appearance({ children }: { children: ReactNode }) {
  const preferences = settings.useValue()?.preferences
  const language = preferences?.language ?? 'system'
  useEffect(() => {
    if (preferences) void speak(language === 'system' ? systemLanguage() : language)
  }, [preferences, language])
  const scheme = preferences?.theme ?? 'system'
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      {...(scheme === 'system' ? {} : { forceColorScheme: scheme })}
    >
      {children}
    </MantineProvider>
  )
}
