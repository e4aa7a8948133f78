import { StringDecoder } from 'node:string_decoder'

/** Whole lines out of chunks that may end anywhere: nvidia-smi writes cell by cell. */
export function lineSplitter(onLine: (line: string) => void): (chunk: Buffer) => void {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  return (chunk) => {
    const pieces = (rest + decoder.write(chunk)).split(/\r?\n/)
    rest = pieces.pop() ?? ''
    for (const line of pieces) if (line.trim() !== '') onLine(line)
  }
}
