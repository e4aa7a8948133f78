import { builtinModules } from 'node:module'
import { resolve } from 'node:path'
import { defineConfig } from 'vite'

const root = resolve(import.meta.dirname, '..')

/** The privileged side as CommonJS, dependencies bundled in; only Electron and the native module stay outside. */
export default defineConfig({
  root,
  logLevel: 'warn',
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist/electron',
    emptyOutDir: true,
    minify: false,
    sourcemap: false,
    rolldownOptions: {
      input: {
        headless: resolve(root, 'electron/headless.ts'),
        'simulator/ollama': resolve(root, 'electron/simulator/ollama.ts'),
        'simulator/nvidia-smi': resolve(root, 'electron/simulator/nvidia-smi.ts'),
      },
      external: ['electron', 'libsql', ...builtinModules, ...builtinModules.map((name) => `node:${name}`)],
      output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: 'chunks/[name]-[hash].cjs' },
    },
  },
  ssr: { noExternal: true, external: ['electron', 'libsql'] },
})
