import { Failure, type FailureCode } from '../../shared/failure'
import { isDiskFull } from './disk-full'
import { isChinese } from './spoken-language'

/** Why Corral cannot start on a data folder, where it is one of the few reasons that a user can mend. */
type StartFailure = 'locked' | 'newer' | 'diskFull' | 'notWritable'

const failures: Partial<Record<FailureCode, StartFailure>> = { dataFolderLocked: 'locked', dataFolderNewer: 'newer' }
const refusals = /^(EACCES|EPERM|EROFS|EEXIST|ENOTDIR|SQLITE_CANTOPEN|SQLITE_READONLY)/

/** Null: nothing known, and the error's own words are the best there is. */
export function startFailureOf(error: unknown): StartFailure | null {
  if (error instanceof Failure) return failures[error.code] ?? null
  if (isDiskFull(error)) return 'diskFull'
  return error instanceof Error && refusals.test(String((error as { code?: unknown }).code)) ? 'notWritable' : null
}

type Texts = Record<StartFailure, (said: string) => string>

const en: Texts = {
  locked: (holder) =>
    `Corral is already running with this data folder${holder && ` (${holder})`}. Use its window or its page, or choose another folder with --data.`,
  newer: () =>
    'A newer Corral has written to this data folder. Update Corral, or choose another folder with --data. Nothing in this one was changed.',
  diskFull: () => 'The disk of the data folder is full. Free some space, or choose another folder with --data.',
  notWritable: (said) =>
    `The data folder is not writable (${said}). Check its permissions, or choose another folder with --data.`,
}

const chinese: Texts = {
  locked: (holder) =>
    `Corral 已在使用这个数据文件夹${holder && `（${holder}）`}。请使用已打开的窗口或页面，或用 --data 选择其他文件夹。`,
  newer: () =>
    '较新版本的 Corral 写过这个数据文件夹。请更新 Corral，或用 --data 选择其他文件夹。此文件夹中的内容没有改动。',
  diskFull: () => '数据文件夹所在的磁盘已满。请腾出空间，或用 --data 选择其他文件夹。',
  notWritable: (said) => `无法写入数据文件夹（${said}）。请检查权限，或用 --data 选择其他文件夹。`,
}

/** What to tell whoever started Corral in vain, in the language of their system: there are no preferences yet. */
export function startFailureText(error: unknown, systemLanguage: string): string {
  const failure = startFailureOf(error)
  const said = error instanceof Failure ? (error.detail ?? '') : error instanceof Error ? error.message : String(error)
  return failure ? (isChinese(systemLanguage) ? chinese : en)[failure](said) : said
}
