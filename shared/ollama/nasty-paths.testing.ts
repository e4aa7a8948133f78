/** Folders that people really have, and some that nobody has yet: blanks, Chinese, quotes, escapes, arguments in a name. */
export const nastyFolders: readonly string[] = [
  '/home/user/.ollama/models',
  '/srv/a folder with blanks/models',
  '/srv/张　庭 綱/models', // the blank between the first two is U+3000
  '/Users/zhang san/Library/模型（新）/models',
  'C:\\Users\\Zhang San\\.ollama\\models',
  'D:\\模型\\张 庭綱\\models',
  '\\\\server\\share name\\ollama\\models',
  '/srv/it\'s "quoted"/models',
  '/srv/back\\slash/models',
  '/srv/trailing blank /models',
  '/srv/x --ctx-size 77 --parallel 9/models',
  '/srv/x -c 77 -np 9/models',
  '/srv/x --port 1/sha256-ab /models',
  '/srv/map[OLLAMA_HOST:1]/models',
  '/srv/tab\there/models',
  '/srv/\u2028line/models',
  '/srv/emoji 🦙/models',
]

const file = `sha256-${'3f'.repeat(32)}`

/** The same folders with a file of weights in each. */
export const nastyWeights: readonly { path: string; file: string }[] = nastyFolders.map((folder) => {
  const separator = folder.includes('/') ? '/' : '\\'
  return { path: [folder, 'blobs', file].join(separator), file }
})
