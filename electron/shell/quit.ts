import { app, type BrowserWindow, dialog, type MessageBoxOptions } from 'electron'
import type { App } from '../app'
import type { Logger } from '../platform/logger'
import type { Texts } from './texts'

type Needs = {
  services: App
  window: () => BrowserWindow | null
  texts: () => Texts
  logger: Logger
}

/** Quitting: one question at most, then everything ends before the process does. */
export class Quitting {
  #state: 'running' | 'asking' | 'ending' | 'ended' = 'running'

  constructor(private readonly needs: Needs) {
    app.on('before-quit', (event) => {
      if (this.#state === 'ended') return
      event.preventDefault()
      void this.ask()
    })
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) this.#endOn(signal)
  }

  /** Nobody is there to answer a question. */
  #endOn(signal: NodeJS.Signals) {
    // Electron took the signal over when it became ready; only a first listener takes it back.
    process.removeAllListeners(signal)
    process.on(signal, () => void this.#end(this.#leaves))
  }

  /** Closing the window is quitting, but on macOS, where programs live without one. */
  watch(window: BrowserWindow): void {
    window.on('close', (event) => {
      if (this.#state === 'ended' || process.platform === 'darwin') return
      event.preventDefault()
      void this.ask()
    })
  }

  async ask(): Promise<void> {
    if (this.#state !== 'running') return
    if (this.#preference !== 'ask' || !this.needs.services.services.server.runsOurs) return this.#end(this.#leaves)
    this.#state = 'asking'
    const answer = await this.#question()
    if (this.#state !== 'asking') return // a signal came meanwhile
    this.#state = 'running'
    if (answer !== 'cancel') await this.#end(answer === 'leave')
  }

  get #preference() {
    return this.needs.services.services.settings.state.current.preferences.onQuit
  }

  get #leaves() {
    return this.#preference === 'leave'
  }

  async #question() {
    const texts = this.needs.texts()
    const question: MessageBoxOptions = {
      type: 'question',
      message: texts.quitQuestion,
      detail: texts.quitDetail,
      buttons: [texts.leave, texts.stop, texts.cancel],
      defaultId: 0,
      cancelId: 2,
      noLink: true,
    }
    const window = this.needs.window()
    const { response } = await (window ? dialog.showMessageBox(window, question) : dialog.showMessageBox(question))
    return (['leave', 'stop'] as const)[response] ?? 'cancel'
  }

  async #end(leaveServer: boolean) {
    if (this.#state === 'ending' || this.#state === 'ended') return
    this.#state = 'ending'
    this.needs.window()?.hide()
    await this.needs.services
      .close({ leaveServer })
      .catch((error: unknown) => this.needs.logger.error('ending did not go well', error))
    this.#state = 'ended'
    app.quit()
  }
}
