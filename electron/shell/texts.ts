import type { Preferences } from '../../shared/contract/settings'

const en = {
  file: 'File',
  edit: 'Edit',
  view: 'View',
  window: 'Window',
  openDataFolder: 'Open the data folder',
  quit: 'Quit Corral',
  quitQuestion: 'Leave the Ollama server running?',
  quitDetail:
    'Corral started it. Left running, it goes on answering other programs, and the next start takes it up again.',
  leave: 'Leave it running',
  stop: 'Stop it',
  cancel: 'Cancel',
  pick: 'Choose',
  cannotStart: 'Corral cannot start',
  locked: 'Corral already runs on this data folder. Use its window or its page, or choose another folder with --data.',
  newer:
    'A newer Corral has written to this data folder. Update Corral, or choose another folder with --data. Nothing in this one was changed.',
  diskFull: 'The disk of the data folder is full. Free some space, or choose another folder with --data.',
  notWritable: 'The data folder cannot be written. Give yourself the right to, or choose another folder with --data.',
}

export type Texts = typeof en

const chinese: Texts = {
  file: '文件',
  edit: '编辑',
  view: '视图',
  window: '窗口',
  openDataFolder: '打开数据文件夹',
  quit: '退出 Corral',
  quitQuestion: '让 Ollama 服务器继续运行吗？',
  quitDetail: '它由 Corral 启动。继续运行时，其他程序仍可使用它，下次启动 Corral 会重新接管。',
  leave: '继续运行',
  stop: '停止',
  cancel: '取消',
  pick: '选择',
  cannotStart: 'Corral 无法启动',
  locked: 'Corral 已在使用这个数据文件夹。请使用已打开的窗口或页面，或用 --data 选择其他文件夹。',
  newer: '较新版本的 Corral 写过这个数据文件夹。请更新 Corral，或用 --data 选择其他文件夹。此文件夹中的内容没有改动。',
  diskFull: '数据文件夹所在的磁盘已满。请腾出空间，或用 --data 选择其他文件夹。',
  notWritable: '无法写入数据文件夹。请检查权限，或用 --data 选择其他文件夹。',
}

/** The few words outside the page: menu and dialogs. */
export function textsFor(language: Preferences['language'], systemLanguage: string): Texts {
  const spoken = language === 'system' ? systemLanguage : language
  return spoken.toLowerCase().startsWith('zh') ? chinese : en
}
