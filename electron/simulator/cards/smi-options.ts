export type SmiOptions = {
  gpuFields: string[] | null
  processFields: string[] | null
  format: string[] | null
  ids: string[] | null
  everyMs: number | null
  lists: boolean
  tellsVersion: boolean
  /** An option it does not know, or what is wrong with them together. */
  problem: { code: number; text: string } | null
}

const withValue = ['-lms', '-l', '-i', '--loop-ms', '--loop', '--id', '--query-gpu', '--query-compute-apps', '--format']
const alone = ['-L', '--list-gpus', '--version']

/** The command line as nvidia-smi of a driver branch reads it. */
export function readSmiOptions(commandArguments: readonly string[], branch: number): SmiOptions {
  const values = new Map<string, string>()
  const options: SmiOptions = {
    gpuFields: null,
    processFields: null,
    format: null,
    ids: null,
    everyMs: null,
    lists: false,
    tellsVersion: false,
    problem: null,
  }
  for (let place = 0; place < commandArguments.length; place++) {
    const [name = '', inline] = (commandArguments[place] ?? '').split(/=(.*)/s)
    const isKnown = withValue.includes(name) || (alone.includes(name) && (name !== '--version' || branch >= 550))
    if (!isKnown) return { ...options, problem: unknownOption(name, branch) }
    const takesNext = withValue.includes(name) && inline === undefined
    values.set(name, takesNext ? (commandArguments[++place] ?? '') : (inline ?? ''))
  }
  const list = (...names: string[]) => {
    const name = names.find((one) => values.has(one))
    return name === undefined ? null : (values.get(name) ?? '').split(',')
  }
  const seconds = values.get('-l') ?? values.get('--loop')
  const milliseconds = values.get('-lms') ?? values.get('--loop-ms')
  return {
    ...options,
    gpuFields: list('--query-gpu'),
    processFields: list('--query-compute-apps'),
    format: list('--format'),
    ids: list('-i', '--id'),
    everyMs: milliseconds !== undefined ? Number(milliseconds) : seconds !== undefined ? Number(seconds) * 1000 : null,
    lists: values.has('-L') || values.has('--list-gpus'),
    tellsVersion: values.has('--version'),
    problem: problemOf(list('--query-gpu'), list('--query-compute-apps'), list('--format'), milliseconds ?? seconds),
  }
}

function unknownOption(name: string, branch: number): SmiOptions['problem'] {
  return branch < 535
    ? { code: 2, text: "Invalid combination of input arguments. Please run 'nvidia-smi -h' for help.\n\n" }
    : { code: 255, text: `ERROR: Option ${name} is not recognized. Please run 'nvidia-smi -h'.\n\n` }
}

function problemOf(
  gpuFields: string[] | null,
  processFields: string[] | null,
  format: string[] | null,
  loop: string | undefined,
): SmiOptions['problem'] {
  if (gpuFields && processFields) return { code: 2, text: 'Only one --query-* switch can be used at a time.\n' }
  if ((gpuFields || processFields) && !format) {
    return { code: 2, text: '"--format=" switch is missing. Please run \'nvidia-smi -h\' for help.\n\n' }
  }
  if (loop !== undefined && !(Number(loop) > 0)) {
    const options = '[-l(ms) | --loop(-ms)=]'
    return { code: 2, text: `Provided ${options} value is incorrect. Loop frequency must be greater than 0.\n\n` }
  }
  return null
}
