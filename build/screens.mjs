import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { findChromium } from './chromium.mjs'

/** The design's size, a wide window, a phone, and a window of the design's size made twice as large. */
const defaultSizes = '1280x800,1920x1080,390x844,640x400'

const usage = `Takes pictures of every screen from the demo, light and dark, in both languages.
  npm run screens -- --out DIR [--size 1280x800,390x844] [--only TEXT]

  --out DIR        where they go; each file is named as it is written
  --size WxH,…     other sizes than ${defaultSizes}
  --only TEXT      only the screens whose name contains it, such as models or benchmark-result`

/** The pictures are specs like the others: they end with the same checks that nothing is left over. */
function takePictures() {
  const { values } = parseArgs({
    options: {
      out: { type: 'string' },
      size: { type: 'string', default: defaultSizes },
      only: { type: 'string', default: '' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help || !values.out) {
    console.log(usage)
    return values.help ? 0 : 2
  }
  if (!/^\d{3,4}x\d{3,4}(,\d{3,4}x\d{3,4})*$/.test(values.size)) {
    console.error(`${values.size} is no list of sizes such as 1280x800,1920x1080`)
    return 2
  }
  if (!findChromium()) {
    console.error('No Chromium found: install one, or name it in CORRAL_CHROMIUM.')
    return 1
  }
  const root = resolve(import.meta.dirname, '..')
  const { status } = spawnSync(
    resolve(root, 'node_modules/.bin/playwright'),
    ['test', '-c', 'e2e/playwright.config.ts', '--project=pictures', '--reporter=list', '--workers=2'],
    {
      cwd: root,
      stdio: 'inherit',
      env: {
        ...process.env,
        CORRAL_PICTURES: resolve(values.out),
        CORRAL_PICTURE_SIZES: values.size,
        CORRAL_PICTURES_ONLY: values.only,
      },
    },
  )
  return status ?? 1
}

process.exitCode = takePictures()
