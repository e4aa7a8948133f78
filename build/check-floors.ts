import { isBuiltin } from 'node:module'
import { closed, type Door, electronFiles, type House, houses } from './floors'
import { type Import, importsOf } from './read-imports'

type Arrow = Import & { from: string }

const isScript = (path: string) => /\.[cm]?[jt]sx?$/.test(path)
const isTestSupport = (path: string) => /\.(test|testing|spec)\.[cm]?[jt]sx?$/.test(path)
/** What is built and shipped: tests, and what stands beside the houses, may import what they like. */
const isProduct = (path: string) => houses.some(({ folder }) => path.startsWith(folder)) && !isTestSupport(path)
const isIn = (path: string, place: string) => (place.endsWith('/') ? path.startsWith(place) : path === place)

/** The room and its floor, counted from the roof; null where the table has none. */
function roomOf(path: string, { floors }: House): { name: string; floor: number } | null {
  for (const [floor, rooms] of floors.entries()) {
    for (const room of rooms) {
      const [before = '', after] = room.split('*')
      if (after === undefined ? isIn(path, room) : path.startsWith(before) && path.slice(before.length).includes('/')) {
        const name = after === undefined ? room : `${before}${path.slice(before.length).split('/')[0]}/`
        return { name, floor }
      }
    }
  }
  return null
}

/** Why this arrow may not be; null when it may. */
function complaint({ from, target, isPackage, isTypeOnly }: Arrow): string | null {
  if (target === null) return 'an import that nobody can read before it runs'
  if (isPackage) return complaintOfPackage(from, target)
  if (isTestSupport(target)) return 'the product never imports test support'
  const shut = closed.find((row) => isIn(from, row.from) && isIn(target, row.to) && !(row.typesOnly && isTypeOnly))
  if (shut) return shut.why
  for (const house of houses.filter(({ folder }) => from.startsWith(folder))) {
    const here = roomOf(from, house)
    if (!target.startsWith(house.folder)) {
      if (isScript(target) && !house.sees.some((folder) => target.startsWith(folder)))
        return `${house.folder} does not look into ${target.split('/')[0]}/`
      continue
    }
    const there = roomOf(target, house)
    if (!here || !there || here.name === there.name) continue
    if (here.floor === there.floor) return `from ${here.name} to its neighbour ${there.name}`
    if (here.floor > there.floor) return `from ${here.name} up to ${there.name}`
  }
  return null
}

function complaintOfPackage(from: string, asked: string): string | null {
  const name = isBuiltin(asked) && !asked.startsWith('node:') ? `node:${asked}` : asked
  if (/^electron(\/|$)/.test(name) && from.startsWith('electron/') && !electronFiles.some((place) => isIn(from, place)))
    return 'this file may not know electron'
  const matches = (known: string) => name === known || name.startsWith(known.endsWith(':') ? known : `${known}/`)
  for (const { folder, packages } of houses.filter((house) => from.startsWith(house.folder))) {
    const isAllowed = 'only' in packages ? packages.only.some(matches) : !packages.never.some(matches)
    if (!isAllowed) return `${folder} does not use ${name}`
  }
  return null
}

/** Files that import each other in a circle, each circle once, as a way back to its first file. */
function circlesOf(arrows: ReadonlyMap<string, readonly string[]>): string[][] {
  const circles: string[][] = []
  const done = new Set<string>()
  const way: string[] = []
  const visit = (file: string) => {
    const place = way.indexOf(file)
    if (place !== -1) circles.push([...way.slice(place), file])
    if (place !== -1 || done.has(file)) return
    way.push(file)
    for (const next of arrows.get(file) ?? []) visit(next)
    way.pop()
    done.add(file)
  }
  for (const file of arrows.keys()) visit(file)
  return circles
}

const leads = ({ from, to }: Door, file: string, target: string | null) => isIn(file, from) && isIn(target ?? '', to)

/** Reads all imports of these files (path -> text) and names each one that the table forbids. */
export function brokenArrows(
  files: ReadonlyMap<string, string>,
  doors: readonly Door[],
): { broken: string[]; unusedDoors: Door[] } {
  const arrows = [...files].flatMap(([from, text]) =>
    importsOf(from, text, (path) => files.has(path)).map((found) => ({ ...found, from })),
  )
  const used = new Set<Door>()
  const broken: string[] = []
  /** Without the arrows that are named already: one that goes up closes many circles. */
  const ways = new Map<string, string[]>()
  for (const arrow of arrows) {
    const { from, target } = arrow
    const why = isProduct(from) ? complaint(arrow) : null
    const door = doors.find((known) => leads(known, from, target))
    if (why && door) used.add(door)
    else if (why) broken.push(`${from} -> ${target ?? '?'}: ${why}`)
    else if (target !== null && files.has(target)) ways.set(from, [...(ways.get(from) ?? []), target])
  }
  for (const circle of circlesOf(ways)) broken.push(`${circle.join(' -> ')}: a circle`)
  for (const path of files.keys()) {
    for (const house of houses) {
      if (isProduct(path) && path.startsWith(house.folder) && !roomOf(path, house))
        broken.push(`${path}: stands on no floor of the table`)
    }
  }
  return { broken, unusedDoors: doors.filter((door) => !used.has(door)) }
}

/** Rooms of the table in which no file is. */
export function emptyRooms(paths: readonly string[]): string[] {
  return houses.flatMap(({ floors }) =>
    floors.flat().filter((room) => {
      const [before = '', after = ''] = room.split('*')
      return !paths.some((path) => path.startsWith(before) && path.slice(before.length).includes(after))
    }),
  )
}
