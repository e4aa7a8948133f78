import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { serverStates } from '../ollama/server-powers'
import { operation } from './operation'

export const OllamaProgram = z.object({
  file: z.string(),
  version: z.string().nullable(), // unknown until it has been asked, or when it does not say
  isSimulated: z.boolean(),
})
export type OllamaProgram = z.infer<typeof OllamaProgram>

/** Who answers on the port: us, or somebody we must not fight. */
export const ServerOwner = z.enum(['corral', 'earlier-corral', 'systemd', 'desktop-app', 'docker', 'other', 'unknown'])
export type ServerOwner = z.infer<typeof ServerOwner>

export const ServerExit = z.object({
  code: z.number().nullable(),
  signal: z.string().nullable(),
  atMs: z.number(),
  /** What it said last, redacted. */
  lastLines: z.array(z.string()),
  /** Why, where the last lines tell it. */
  reason: z.enum([
    'port-taken',
    'bad-address',
    'permission',
    'no-home',
    'bad-origin',
    'panic',
    'out-of-memory',
    'killed',
    'stopped-by-other',
    'not-ready',
    'unseen', // an earlier Corral's child: nobody was there to be told how it ended
    'unknown',
  ]),
})
export type ServerExit = z.infer<typeof ServerExit>

export const Server = z.object({
  state: z.enum(serverStates),
  program: OllamaProgram.nullable(),
  /** Every Ollama found, the one in use first. */
  programs: z.array(OllamaProgram),
  host: z.string(),
  port: z.number(),
  version: z.string().nullable(), // of the running server
  pid: z.number().nullable(),
  owner: ServerOwner.nullable(),
  startedAtMs: z.number().nullable(),
  exit: ServerExit.nullable(), // the last exit that nobody asked for
  /** A crash is answered by a restart, later each time; null when none is due. */
  nextRestartAtMs: z.number().nullable(),
  crashCount: z.number(),
  gaveUp: z.boolean(), // five crashes in two minutes
  /** A port nearby that nobody listens on, offered when the asked one is taken. */
  freePort: z.number().nullable(),
  /** The program that holds the port, as far as it can be told. */
  occupant: z.object({ pid: z.number().nullable(), name: z.string().nullable() }).nullable(),
  restartDue: z.boolean(), // the saved settings differ from those the server was started with
  isSimulated: z.boolean(),
})
export type Server = z.infer<typeof Server>

export const server = {
  /** The server's state, now and after every change. */
  watch: operation.output(eventIterator(Server)),
  /** Starts the server with the saved settings; adopts one that already answers on the port. */
  start: operation,
  /** Ends the server and its runners; refused for a server that somebody else owns. */
  stop: operation,
  /** Stops, then starts with the saved settings. */
  restart: operation,
  /** Looks for Ollama again: PATH, the usual places, the file pointed at. */
  lookAgain: operation,
  /** Uses this file as Ollama from now on, after asking it for its version. */
  pointAt: operation.input(z.object({ file: z.string().min(1) })),
  /** Lets the user choose the file in a dialog; desktop only. */
  pick: operation,
  /** Puts the simulator in the place of Ollama and the GPUs, or takes it away again. */
  useSimulator: operation.input(z.object({ isOn: z.boolean() })),
}
