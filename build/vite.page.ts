import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const root = resolve(import.meta.dirname, '..')

/** KaTeX names each font in three formats: every browser that can draw the page reads the smallest. */
const newestFontsOnly: Plugin = {
  name: 'newest-fonts-only',
  enforce: 'pre',
  transform(code, id) {
    return /katex.*\.css/.test(id) ? code.replace(/,\s*url\([^)]*\.(woff|ttf)\)\s*format\([^)]*\)/g, '') : undefined
  },
}

/** The page, the same for both hosts: relative addresses, so that it works under app:// too. */
export default defineConfig({
  root: resolve(root, 'renderer'),
  base: './',
  logLevel: 'warn',
  plugins: [react(), newestFontsOnly],
  css: { modules: { localsConvention: 'camelCaseOnly' } },
  build: {
    outDir: resolve(root, 'dist/page'),
    emptyOutDir: true,
    // A font within the style sheet would be an address that the content policy refuses.
    assetsInlineLimit: (file) => (/\.woff2$/.test(file) ? false : undefined),
    target: 'chrome108',
    sourcemap: false,
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
})
