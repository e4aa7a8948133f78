import { contextBridge, ipcRenderer } from 'electron'

// The page's side of the sandbox has a window; the privileged side's types have none.
declare const window: {
  location: { origin: string }
  postMessage(message: string, targetOrigin: string, ports: unknown[]): void
}

/** All that the page gets from Electron: it may ask for its one MessagePort. */
contextBridge.exposeInMainWorld('corral', { requestPort: () => ipcRenderer.send('corral:request-port') })

ipcRenderer.on('corral:port', (event) => window.postMessage('corral-port', window.location.origin, event.ports))
