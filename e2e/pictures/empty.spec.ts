import { test } from '../corral'
import { firstOf } from '../host-client'
import { startServer, withCamera } from './with-camera'

test.describe('first run', () => {
  test.use({ launch: { simulator: { installed: [] } } })

  test('the checklist, and every screen before the server was started', async ({ corral }) => {
    await withCamera(corral, async ({ camera, host, page }) => {
      await camera.takeScreen('/overview', 'overview-first-run', () => page.getByText('2 GPUs').waitFor())
      await host.settings.change({ isChecklistDone: true })
      for (const screen of ['overview', 'server', 'models', 'gpus', 'benchmark', 'playground']) {
        await camera.takeScreen(`/${screen}`, `${screen}-stopped`)
      }
    })
  })
})

test.describe('on a machine without Ollama', () => {
  test.use({ launch: { isDemo: false, environment: { PATH: '/nonexistent' } } })

  test('the checklist with the ways to one', async ({ corral }) => {
    await withCamera(corral, async ({ camera, host, page }) => {
      const { state } = await firstOf(host.server.watch(), (server) => server.state !== 'looking')
      test.skip(state !== 'missing', 'this machine has an Ollama of its own')
      await camera.takeScreen('/overview', 'overview-no-ollama', () =>
        page.getByRole('button', { name: 'Use the simulator' }).waitFor(),
      )
    })
  })
})

test.describe('nothing there', () => {
  const simulator = { installed: [], faults: { nvidiaSmi: { kind: 'no-driver' as const } } }
  test.use({ launch: { simulator, preferences: { isChecklistDone: true } } })

  test('every screen with a server that has no model and no card', async ({ corral }) => {
    await withCamera(corral, async ({ camera, host, page }) => {
      await startServer(host)
      for (const screen of ['overview', 'models', 'gpus', 'benchmark', 'playground']) {
        await camera.takeScreen(`/${screen}`, `${screen}-empty`)
      }
      await camera.takeScreen('/server', 'server-log-empty', async () => {
        await page.getByRole('tab', { name: 'Log' }).click()
        await page.getByRole('textbox', { name: 'Search the log' }).fill('no such words')
      })
    })
  })
})
