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
