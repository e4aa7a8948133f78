import electronFuses from '@electron/fuses'

const { FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } = electronFuses

/** What the packed Electron may do; everything that Corral does not need is off. */
const fuses = {
  // The simulator's programs are scripts of ours, run by Electron as Node: electron/process/program.ts.
  [FuseV1Options.RunAsNode]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
}

/**
 * Sets them in a packed executable or bundle; an Electron named by the user may know fewer.
 * @param {string} file
 */
export async function setFuses(file) {
  const known = await getCurrentFuseWire(file)
  const wanted = Object.entries(fuses).filter(([fuse]) => fuse in known)
  await flipFuses(file, { version: FuseVersion.V1, resetAdHocDarwinSignature: true, ...Object.fromEntries(wanted) })
}

/**
 * The fuses of an executable that are not as they should be.
 * @param {string} file
 */
export async function findWrongFuses(file) {
  const wire = /** @type {Record<string, number | string | boolean | undefined>} */ (await getCurrentFuseWire(file))
  return Object.entries(fuses).flatMap(([fuse, isOn]) => {
    const state = wire[fuse]
    const isRight = state === undefined || state === (isOn ? '1' : '0').charCodeAt(0)
    return isRight ? [] : [FuseV1Options[Number(fuse)] ?? fuse]
  })
}
