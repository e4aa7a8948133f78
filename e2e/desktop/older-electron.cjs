// The tests may run in an Electron older than the pinned one. What its Node lacks is filled in here, before Corral is
// loaded and in each child that it starts as Node, so that the product carries no code for it.
const childProcess = require('node:child_process')
const fs = require('node:fs')
const http = require('node:http')
const { dirname, join } = require('node:path')
const util = require('node:util')
const v8 = require('node:v8')
const worker = require('node:worker_threads')

const shim = join(dirname(process.execPath), 'resources', 'shim.cjs')

const { parseArgs } = util
util.parseArgs = (given) => {
  const parsed = parseArgs(given)
  for (const [name, { default: usual }] of Object.entries(given.options ?? {})) {
    if (usual !== undefined) parsed.values[name] ??= usual
  }
  return parsed
}

fs.promises.statfs ??= async (path) => {
  const [type, bsize, blocks, bfree, bavail] = childProcess
    .execFileSync('stat', ['-f', '-c', '%t %S %b %f %a', path], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    .split(' ')
  return {
    type: Number.parseInt(type, 16),
    ...Object.fromEntries(
      Object.entries({ bsize, blocks, bfree, bavail }).map(([name, value]) => [name, Number(value)]),
    ),
  }
}

// Its Node can spin for ever in its last moment, over a collection of garbage that is under way and asks to go on.
v8.setFlagsFromString('--no-incremental-marking')
if (process.type === 'browser') {
  require('electron').app.once('quit', () => {
    const closing = 'cd /dev/fd; for held in *; do eval "exec $held>&-"; done'
    const last = ['-c', `${closing}; sleep 5; kill -9 ${process.pid}`]
    childProcess.spawn('bash', last, { detached: true, stdio: 'ignore', env: {} }).unref()
  })
}

const { readdirSync } = fs
fs.readdirSync = (folder, options) => {
  if (!options?.recursive) return readdirSync(folder, options)
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const below = entry.isDirectory() ? fs.readdirSync(join(folder, entry.name), options) : []
    if (options.withFileTypes) return [Object.assign(entry, { path: folder, parentPath: folder }), ...below]
    return [entry.name, ...below.map((name) => join(entry.name, name))]
  })
}

const { removeHeader } = http.ServerResponse.prototype
http.ServerResponse.prototype.removeHeader = function (name) {
  if (name.toLowerCase() !== 'connection') removeHeader.call(this, name) // it would end the connection here
}

const { listen } = http.Server.prototype
http.Server.prototype.listen = function (...given) {
  const sockets = new Set()
  this.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  this.closeAllConnections ??= () => {
    for (const socket of sockets) socket.destroy()
  }
  return listen.apply(this, given)
}

const { request } = http
http.request = (...given) => {
  const outgoing = request(...given)
  const signal = given.find((part) => part?.signal)?.signal
  if (signal) {
    const end = () => outgoing.destroy(signal.reason) // this Node forgets the signal once the request is sent
    signal.addEventListener('abort', end)
    outgoing.once('close', () => signal.removeEventListener('abort', end))
  }
  return outgoing
}

const { spawn } = childProcess
childProcess.spawn = (file, commandArguments, options) => {
  if (!options?.env?.ELECTRON_RUN_AS_NODE) return spawn(file, commandArguments, options)
  // What runs as Node may be the command itself, or be named after a shell that starts it.
  const place = file === process.execPath ? 0 : commandArguments.indexOf(process.execPath) + 1
  return spawn(
    file,
    [...commandArguments.slice(0, place), '-r', shim, '-r', __filename, ...commandArguments.slice(place)],
    options,
  )
}

worker.Worker = class extends worker.Worker {
  constructor(file, options) {
    super(file, { ...options, execArgv: ['-r', shim, '-r', __filename] })
  }
}
