import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const root = resolve(import.meta.dirname, '..')

/** The page, the same for both hosts: relative addresses, so that it works under app:// too. */
export default defineConfig({
  root: resolve(root, 'renderer'),
  base: './',
  logLevel: 'warn',
  plugins: [react()],
  css: { modules: { localsConvention: 'camelCaseOnly' } },
  build: {
    outDir: resolve(root, 'dist/page'),
    emptyOutDir: true,
    target: 'chrome108',
    sourcemap: false,
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
})
