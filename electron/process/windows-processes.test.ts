import { expect, test } from 'vitest'
import { descendantsOf } from './process-list'
import { processesIn } from './windows-processes'

const backslash = '\\'

/** Published answers of Get-CimInstance Win32_Process | ConvertTo-Json; the names in them are made up. */
const answers: [what: string, answer: string, processes: object[]][] = [
  [
    'two processes, of PowerShell 5.1',
    String.raw`[{"ProcessId":4242,"ParentProcessId":1,"CommandLine":"\"C:\\Program Files\\Ollama\\ollama.exe\" serve","CreationDate":"\/Date(1726316096789)\/"},{"ProcessId":5,"ParentProcessId":4242,"CommandLine":"C:\\Ollama\\lib\\ollama\\llama-server.exe --model D:\\模型\\blobs\\sha256-ab --port 61000","CreationDate":"\/Date(1726316100000)\/"}]`,
    [
      { pid: 4242, parentPid: 1, groupId: null, mark: '"/Date(1726316096789)/"' },
      {
        pid: 5,
        parentPid: 4242,
        command: String.raw`C:\Ollama\lib\ollama\llama-server.exe --model D:\模型\blobs\sha256-ab --port 61000`,
      },
    ],
  ],
  [
    'one process is no array, and may be spread over lines',
    '{\r\n    "ProcessId":  16828,\r\n    "ParentProcessId":  20256,\r\n    "CommandLine":  "ollama serve",\r\n    "CreationDate":  "\\/Date(1790077571033)\\/"\r\n}\r\n',
    [{ pid: 16828, parentPid: 20256, command: 'ollama serve', mark: '"/Date(1790077571033)/"' }],
  ],
  [
    'a date within an object, as some 5.1 write it',
    String.raw`{"ProcessId":7,"ParentProcessId":4,"CommandLine":"x","CreationDate":{"value":"\/Date(1720919582928)\/","DisplayHint":2,"DateTime":"Sunday 14 July 2024 02:13:02"}}`,
    [{ pid: 7, mark: '"/Date(1720919582928)/"' }],
  ],
  [
    'a date of PowerShell 7, with the hour of its place',
    '[{"ProcessId":7,"ParentProcessId":4,"CommandLine":"x","CreationDate":"2024-07-14T02:13:02.928+01:00"}]',
    [{ pid: 7, mark: '"/Date(1720919582928)/"' }],
  ],
  [
    'processes of the system, whose command line nobody may read',
    '[{"ProcessId":0,"ParentProcessId":0,"CommandLine":null,"CreationDate":null},{"ProcessId":4,"ParentProcessId":0,"CommandLine":null,"CreationDate":null}]',
    [{ pid: 4, parentPid: 0, command: '', mark: '' }],
  ],
  ['a byte order mark before it', `\uFEFF[{"ProcessId":7,"ParentProcessId":4,"CommandLine":"x"}]\r\n`, [{ pid: 7 }]],
  ['nobody', '', []],
  ['nobody, said in JSON', 'null\r\n', []],
  ['an error in place of an answer', 'Get-CimInstance : 找不到路径 "Win32_Process"', []],
  ['half an answer', '[{"ProcessId":7,"ParentProcessId":4,"Comm', []],
]

test.each(answers)('%s', (_, answer, processes) => {
  expect(processesIn(answer)).toMatchObject(processes)
  expect(processesIn(answer)).toHaveLength(processes.length)
})

test('a process whose parent has ended is not the child of whoever has that number now', () => {
  const row = (pid: number, parentPid: number, atMs: number) => ({
    ProcessId: pid,
    ParentProcessId: parentPid,
    CommandLine: 'x',
    CreationDate: `/Date(${atMs})/`,
  })
  const processes = processesIn(JSON.stringify([row(10, 4, 2000), row(11, 10, 1000), row(12, 10, 3000)]))
  expect(descendantsOf(10, processes).map(({ pid }) => pid)).toEqual([12])
})

test('quotes of a command line are kept as they were typed', () => {
  const typed = `"C:${backslash}Program Files${backslash}Ollama${backslash}ollama.exe" serve`
  const answer = JSON.stringify([{ ProcessId: 7, ParentProcessId: 4, CommandLine: typed }])
  expect(processesIn(answer)[0]?.command).toBe(typed)
})
