import { StringDecoder } from 'node:string_decoder'

const longestLine = 64 * 1024

/** Whole lines out of chunks that may end anywhere: nvidia-smi writes cell by cell. A line without end is thrown away. */
export function lineSplitter(onLine: (line: string) => void): (chunk: Buffer) => void {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  return (chunk) => {
    const pieces = (rest + decoder.write(chunk)).split(/\r?\n/)
    rest = pieces.pop() ?? ''
    if (rest.length > longestLine) rest = ''
    for (const line of pieces) if (line.trim() !== '') onLine(line)
  }
}
