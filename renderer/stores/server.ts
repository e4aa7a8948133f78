import { host } from '../connection/connection'
import { watchStore } from './watch'

export const server = watchStore((client, signal) => client.server.watch(undefined, { signal }))

export const startServer = () => host().server.start()
export const stopServer = () => host().server.stop()
export const restartServer = () => host().server.restart()
export const lookForOllama = () => host().server.lookAgain()
export const pointAtOllama = (file: string) => host().server.pointAt({ file })
export const pickOllama = () => host().server.pick()
export const switchSimulator = (isOn: boolean) => host().server.useSimulator({ isOn })
