/** Whether somebody whose system names its language so (zh, zh-CN, zh_TW) is spoken to in Chinese. */
export const isChinese = (language: string): boolean => language.toLowerCase().startsWith('zh')
