import { text as wholeText } from 'node:stream/consumers'
import english from '../../renderer/i18n/en/failure.json'
import chinese from '../../renderer/i18n/zh-CN/failure.json'
import type { AnswerOutcome } from '../../shared/backends/answer-event'
import type { FailureCode } from '../../shared/failure'
import { Redactor } from '../platform/redactor'
import { askBackend } from '../services/requests/ask-backend'
import type { QuestionMessage } from '../wire/question'
import { Sockets } from '../wire/sockets'
import { AnswerReport } from './answer-report'
import { type AskArguments, askUsage, parseAskArguments, UsageError } from './ask-arguments'

const exitCodes: Record<AnswerOutcome, number> = { done: 0, failed: 3, cut: 4, stopped: 4 }

const progress = (text: string) => void process.stderr.write(text)

/** Asks one question from the terminal and gives the exit code. No data folder, no lock, nothing recorded. */
export async function askCommand(commandLine: readonly string[], systemLanguage: string): Promise<number> {
  let given: AskArguments
  try {
    given = parseAskArguments(commandLine, process.env, systemLanguage)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    progress(`${error.message}\n${askUsage}`)
    return 2
  }
  const question = given.question ?? (await wholeText(process.stdin)).trim()
  if (question === '') {
    progress(`The question is empty.\n${askUsage}`)
    return 2
  }
  const report = await answered(given, question)
  const words = (code: FailureCode) => (given.language === 'zh-CN' ? chinese : english)[code]
  const redactor = new Redactor()
  if (given.key !== null) redactor.know(given.key)
  const made = report.report(`${given.system ?? ''}\n${question}`, words, redactor.redact)
  if (given.isJson) process.stdout.write(`${JSON.stringify(made)}\n`)
  else if (report.text !== '') process.stdout.write('\n')
  if (made.failure) progress(`${made.failure.happened}. ${made.failure.help}\n${made.failure.detail ?? ''}\n`)
  return exitCodes[made.outcome]
}

async function answered(given: AskArguments, question: string): Promise<AnswerReport> {
  const report = new AnswerReport()
  const leaving = new AbortController()
  const leave = () => leaving.abort()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, leave)
  process.stdout.on('error', leave) // whoever read has gone
  const sockets = new Sockets()
  const system: QuestionMessage[] = given.system === null ? [] : [{ role: 'system', content: given.system }]
  const { model, maxTokens, contextLength, isJson } = given
  const events = askBackend(
    { ...given, headers: {}, sockets },
    { model, messages: [...system, { role: 'user', content: question }], maxTokens, contextLength },
    {
      model: { backendId: 'terminal', name: model },
      mostRetries: given.retries,
      onAttempted: (attempted) => report.attempts.push(attempted),
    },
    leaving.signal,
  )
  try {
    for await (const batch of events) {
      report.take(batch)
      for (const event of batch) {
        if (event.kind === 'delta' && event.of === 'text' && !isJson) process.stdout.write(event.text)
        if (event.kind === 'retry') {
          progress(`${event.failure.code}: asked again in ${((event.atMs - Date.now()) / 1000).toFixed(1)} s\n`)
        }
      }
    }
  } finally {
    await sockets.close()
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, leave)
  }
  return report
}
