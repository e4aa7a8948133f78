import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runningServer } from '../../../shared/ollama/server-powers'
import { TestMachine } from './test-machine.testing'

const machine = new TestMachine()

test('a changed setting makes a restart due, and the restart applies it', async () => {
  const { server, ask, until, state } = await machine.corral(machine.installOllama())
  await server.start()
  ask({ keepAlive: '30m' })
  await until((now) => runningServer(now)?.restartDue === true)
  await server.restart()
  await until((now) => !runningServer(now)?.restartDue)
  expect(state().state).toBe('ready')
  expect(server.applied.current?.values.keepAlive).toBe('30m')
})

test('an invalid value is not saved, and a loader variable is refused', async () => {
  const { settings } = await machine.corral(machine.installOllama())
  const before = settings.saved.current
  expect(() => settings.save({ ...before, values: { parallel: 'many' } })).toThrow('settingInvalid: parallel')
  expect(() => settings.save({ ...before, extra: [{ name: 'LD_PRELOAD', value: '/tmp/x.so' }] })).toThrow(
    'variableRefused',
  )
  expect(settings.saved.current).toEqual(before)
})

test.runIf(process.platform === 'linux')(
  'a loader variable edited into the file does not reach the server',
  async () => {
    const file = machine.installOllama()
    const dataFolder = join(machine.folder, 'data')
    mkdirSync(dataFolder)
    const extra = [
      { name: 'GGML_BACKEND_PATH', value: '/tmp/x.so' },
      { name: 'LLAMA_ARG_FIT', value: 'on' },
    ]
    const real = {
      host: '127.0.0.1',
      port: machine.port,
      values: { modelsFolder: join(machine.folder, 'models') },
      extra,
    }
    writeFileSync(join(dataFolder, 'server-settings.json'), JSON.stringify({ real }))
    const { server, pid } = await machine.corral(file)
    await server.start()
    const environment = readFileSync(`/proc/${pid()}/environ`, 'utf8')
    expect(environment).toContain('LLAMA_ARG_FIT=on')
    expect(environment).not.toContain('GGML_BACKEND_PATH')
  },
)

test('F38: a file that is not there is called so, with its path in full', async () => {
  const { choice } = await machine.corral(machine.installOllama())
  const missing = join(homedir(), 'nothere')
  await expect(choice.pointAt('~/nothere')).rejects.toMatchObject({ code: 'fileNotFound', detail: missing })
  await expect(choice.pointAt(' "/no/such file" ')).rejects.toMatchObject({
    code: 'fileNotFound',
    detail: '/no/such file',
  })
  await expect(choice.pointAt('/etc/passwd')).rejects.toMatchObject({ code: 'binaryNotOllama' })
})

test('a start keeps the partial files of an unfinished pull', async () => {
  const { server, log } = await machine.corral(machine.installOllama(), { hasUnfinishedPull: () => true })
  await server.start()
  await expect.poll(() => log.lines.some((line) => line.text.includes('OLLAMA_NOPRUNE:true'))).toBe(true)
})
