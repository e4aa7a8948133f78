import { chromium } from 'playwright-core'

const [url, out, route = 'overview', w = 1280, h = 800, scheme = 'light', locale = 'en', steps = ''] =
  process.argv.slice(2)
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
const p = await b.newPage({ viewport: { width: +w, height: +h }, colorScheme: scheme, locale })
p.on('console', (m) => m.type() === 'error' && console.log('console', m.type(), m.text().slice(0, 300)))
p.on('pageerror', (e) => console.log('pageerror', e.message.slice(0, 300)))
await p.goto(url)
await p.waitForTimeout(1200)
await p.evaluate((r) => {
  location.hash = '#/' + r
}, route)
await p.waitForTimeout(1800)
if (steps) await new Function('p', 'return (async()=>{' + steps + '})()')(p)
await p.screenshot({ path: out })
await b.close()
