import type { UnderWay } from '../../shared/contract/server'
import type { Preferences } from '../../shared/contract/settings'
import { isChinese } from '../platform/spoken-language'

const en = {
  file: 'File',
  edit: 'Edit',
  view: 'View',
  window: 'Window',
  openDataFolder: 'Open the data folder',
  quit: 'Quit Corral',
  quitQuestion: 'Leave the Ollama server running?',
  quitDetail:
    'Corral started it. If left running, it stays available to other programs, and Corral uses it again at the next start.',
  quitInProgress: 'Quit Corral now?',
  inProgress: ({ run, answerCount, pulls }: UnderWay) => [
    run && `A benchmark of ${run} is in progress. It ends; what was measured is kept.`,
    answerCount > 0 && `Answers being written: ${answerCount}. They are cut off.`,
    pulls.length > 0 && `Pulls in progress: ${pulls.join(', ')}. They can be resumed at the next start.`,
  ],
  othersInFlight: (count: number) =>
    `Requests of other programs in flight: ${count}. They are cut off if the server is stopped.`,
  quitNow: 'Quit',
  leave: 'Leave it running',
  stop: 'Stop it',
  cancel: 'Cancel',
  pick: 'Choose',
  cannotStart: 'Corral cannot start',
}

export type Texts = typeof en

const chinese: Texts = {
  file: '文件',
  edit: '编辑',
  view: '视图',
  window: '窗口',
  openDataFolder: '打开数据文件夹',
  quit: '退出 Corral',
  quitQuestion: '让 Ollama 服务继续运行吗？',
  quitDetail: '它由 Corral 启动。继续运行时，其他程序仍可使用它，下次启动 Corral 会继续使用。',
  quitInProgress: '现在退出 Corral 吗？',
  inProgress: ({ run, answerCount, pulls }) => [
    run && `${run} 的基准测试正在进行，将会结束；已测得的结果会保留。`,
    answerCount > 0 && `有 ${answerCount} 个回答正在生成，将会中断。`,
    pulls.length > 0 && `正在拉取 ${pulls.join('、')}，下次启动后可以继续。`,
  ],
  othersInFlight: (count) => `其他程序有 ${count} 个请求进行中；停止服务时将会中断。`,
  quitNow: '退出',
  leave: '继续运行',
  stop: '停止',
  cancel: '取消',
  pick: '选择',
  cannotStart: 'Corral 无法启动',
}

/** The few words outside the page: menu and dialogs. */
export function textsFor(language: Preferences['language'], systemLanguage: string): Texts {
  const spoken = language === 'system' ? systemLanguage : language
  return isChinese(spoken) ? chinese : en
}
