import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
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
    'port-reserved', // Windows keeps it for itself
    'bad-address',
    'permission',
    'disk-full',
    'no-home',
    'bad-origin',
    'panic',
    'native-crash', // in C code: the engine, the GPU's library or its driver
    'out-of-memory',
    'killed',
    'stopped-by-other',
    'not-ready',
    'unseen', // an earlier Corral's child: nobody was there to be told how it ended
    'unknown',
  ]),
  /** The port it was to listen on, and one nearby that can be had instead where that one cannot; null: none, or no need. */
  port: z.number(),
  freePort: z.number().nullable(),
})
export type ServerExit = z.infer<typeof ServerExit>

/** What is told whatever the state. */
const always = {
  program: OllamaProgram.nullable(),
  /** Every Ollama found, the one in use first. */
  programs: z.array(OllamaProgram),
  host: z.string(),
  port: z.number(),
  exit: ServerExit.nullable(), // the last exit that nobody asked for
  crashCount: z.number(), // of the last two minutes
  isSimulated: z.boolean(),
}

/** The process that holds the address, or is about to. */
const running = {
  version: z.string().nullable(), // unknown until it has answered
  pid: z.number().nullable(), // unknown before it has begun, and where somebody else's may not be seen
  owner: ServerOwner,
  programFile: z.string().nullable(), // the one that runs, which of somebody else's can often not be seen
  startedAtMs: z.number().nullable(), // unknown where somebody else started it
  restartDue: z.boolean(), // the saved settings differ from those that it was started with
}

/** What each state means: shared/ollama/server-powers. */
export const Server = z.discriminatedUnion('state', [
  z.object({ state: z.enum(['looking', 'missing', 'stopped']), ...always }),
  z.object({ state: z.enum(['starting', 'ready', 'hung', 'stopping', 'adopted']), ...always, ...running }),
  z.object({
    state: z.literal('crashed'),
    ...always,
    /** A crash is answered by a restart, later each time; null when none is due. */
    nextRestartAtMs: z.number().nullable(),
    gaveUp: z.boolean(), // five crashes in two minutes
  }),
  z.object({
    state: z.literal('foreign'),
    ...always,
    /** A port nearby that nobody listens on; null where none is free. */
    freePort: z.number().nullable(),
    /** The program that holds the port, as far as it can be told. */
    occupant: z.object({ pid: z.number().nullable(), name: z.string().nullable() }),
  }),
])
export type Server = z.infer<typeof Server>

/** What an end of the server would break off. */
export const UnderWay = z.object({
  /** The model of the benchmark that runs. */
  run: z.string().nullable(),
  answerCount: z.number(),
  /** Models that are being pulled. */
  pulls: z.array(z.string()),
  /** Requests of other programs; null where the system does not tell. */
  otherRequestCount: z.number().nullable(),
})
export type UnderWay = z.infer<typeof UnderWay>

export const server = {
  /** The server's state, now and after every change. */
  watch: operation.output(eventIterator(Server)),
  /** Starts the server with the saved settings; adopts one that already answers on the port. */
  start: operation,
  /** Ends the server and its runners; refused for a server that somebody else owns. */
  stop: operation,
  /** Stops, then starts with the saved settings. */
  restart: operation,
  /** What would be broken off if the server were ended now. */
  findUnderWay: operation.output(UnderWay),
  /** Looks for Ollama again: PATH, the usual places, the file pointed at. */
  lookAgain: operation,
  /** Uses this file as Ollama from now on, after asking it for its version. */
  pointAt: operation.input(z.object({ file: z.string().min(1) })),
  /** Lets the user choose the file in a dialog; desktop only. */
  pick: operation,
  /** Puts the simulator in the place of Ollama and the GPUs, or takes it away again. */
  useSimulator: operation.input(z.object({ isOn: z.boolean() })),
}
