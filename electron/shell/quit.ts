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
    this.#state = 'asking'
    const asksForServer = this.#preference === 'ask' && this.needs.services.services.server.runsOurs
    const inProgress = await this.#inProgress()
    if (this.#state !== 'asking') return // a signal came meanwhile
    if (!asksForServer && inProgress.length === 0) return this.#end(this.#leaves)
    const answer = asksForServer ? await this.#question(inProgress) : await this.#shortQuestion(inProgress)
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

  /** What would be broken off, a sentence each. */
  async #inProgress(): Promise<string[]> {
    const texts = this.needs.texts()
    try {
      const underWay = await this.needs.services.services.findUnderWay()
      const others = underWay.otherRequestCount ?? 0
      const isLeft = others === 0 || this.#leaves
      const lines = [...texts.inProgress(underWay), isLeft ? null : texts.othersInFlight(others)]
      return lines.filter((line): line is string => Boolean(line))
    } catch (error) {
      this.needs.logger.warn('what is under way could not be told', error)
      return []
    }
  }

  /** What becomes of the server is settled; what else would end with Corral is not. */
  async #shortQuestion(inProgress: string[]) {
    const texts = this.needs.texts()
    const response = await this.#show({
      type: 'question',
      message: texts.quitInProgress,
      detail: inProgress.join('\n'),
      buttons: [texts.quitNow, texts.cancel],
      defaultId: 1,
      cancelId: 1,
      noLink: true,
    })
    return response !== 0 ? 'cancel' : this.#leaves ? 'leave' : 'stop'
  }

  async #question(inProgress: string[]) {
    const texts = this.needs.texts()
    const response = await this.#show({
      type: 'question',
      message: texts.quitQuestion,
      detail: [texts.quitDetail, ...inProgress].join('\n'),
      buttons: [texts.leave, texts.stop, texts.cancel],
      defaultId: 0,
      cancelId: 2,
      noLink: true,
    })
    return (['leave', 'stop'] as const)[response] ?? 'cancel'
  }

  async #show(question: MessageBoxOptions): Promise<number> {
    const window = this.needs.window()
    const { response } = await (window ? dialog.showMessageBox(window, question) : dialog.showMessageBox(question))
    return response
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
