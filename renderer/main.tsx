import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './theme.css'
import './mantine.css'
import i18next from 'i18next'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { keepConnected } from './connection/connection'
import { App } from './frame/app'
import { guardCompositions } from './frame/composition'
import { keepFocus } from './frame/keep-focus'
import { startTexts, systemLanguage } from './i18n/i18n'

i18next.on('languageChanged', (language) => {
  document.documentElement.lang = language
})
guardCompositions(window)
void keepConnected()
keepFocus()
await startTexts(systemLanguage())
const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}
