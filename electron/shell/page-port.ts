import { type BrowserWindow, type IpcMainEvent, ipcMain, MessageChannelMain, type MessagePortMain } from 'electron'
import type { Logger } from '../platform/logger'
import { serveMessagePort } from '../ports/message-port'
import type { ServedRouter } from '../ports/served-router'
import { isOurs } from './page-file'

const ports = new WeakMap<BrowserWindow, MessagePortMain>()

/** Answers a window's request for its way to the services: one port at a time, and to our own page only. */
export function servePagePorts(currentWindow: () => BrowserWindow | null, router: ServedRouter, logger: Logger): void {
  ipcMain.on('corral:request-port', (event) => {
    const window = currentWindow()
    if (!window || !isOurPage(event, window)) {
      logger.warn('a request from a foreign page was refused', { url: event.senderFrame?.url })
      return
    }
    ports.get(window)?.close()
    const { port1, port2 } = new MessageChannelMain()
    ports.set(window, port1)
    serveMessagePort(router, port1)
    event.sender.mainFrame.postMessage('corral:port', null, [port2])
  })
}

const isOurPage = ({ sender, senderFrame }: IpcMainEvent, window: BrowserWindow) =>
  sender === window.webContents && senderFrame === sender.mainFrame && isOurs(senderFrame.url)
