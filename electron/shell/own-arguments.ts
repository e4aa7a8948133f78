/** Switches that belong to Chromium and Node; the rest of the command line is Corral's. */
const foreignSwitch =
  /^(-psn_|--(no-sandbox|inspect|remote-debugging|remote-allow|disable-|enable-|ozone-|force-|use-|ignore-|in-process-gpu|js-flags|lang=|log-|vmodule|proxy-|password-store|gtk-version|user-data-dir|allow-file-access|original-process))/

/**
 * Corral's part of Electron's command line. Unpackaged, everything up to the program's own path is Electron's:
 * `electron --no-sandbox . --demo`.
 */
export function ownArguments(commandLine: readonly string[], isPackaged: boolean): string[] {
  const given = commandLine.slice(1)
  const path = isPackaged ? -1 : given.findIndex((argument) => !argument.startsWith('-'))
  return given.slice(path + 1).filter((argument) => !foreignSwitch.test(argument))
}
