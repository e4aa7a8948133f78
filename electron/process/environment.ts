/** What a child gets from Corral's own environment: what the system needs, proxies and the choice of GPUs, nothing else. */
const inherited =
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|LC_[A-Z]+|TZ|TMPDIR|TEMP|TMP|XDG_[A-Z_]+|LD_LIBRARY_PATH|SYSTEMROOT|WINDIR|COMSPEC|PATHEXT|USERPROFILE|USERNAME|APPDATA|LOCALAPPDATA|PROGRAMDATA|PROGRAMFILES|SYSTEMDRIVE|HOMEDRIVE|HOMEPATH|NUMBER_OF_PROCESSORS|(HTTP|HTTPS|NO|ALL)_PROXY|SSL_CERT_(FILE|DIR)|CUDA_(VISIBLE_DEVICES|DEVICE_ORDER)|HIP_VISIBLE_DEVICES|ROCR_VISIBLE_DEVICES|GPU_DEVICE_ORDINAL|HSA_(?!TOOLS_)[A-Z_0-9]+|JETSON_JETPACK)$/i

/** The environment of a child: the allowed part of ours, then what it is given on purpose. */
export function childEnvironment(
  given: Record<string, string> = {},
  own: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  const allowed = Object.entries(own).filter((entry): entry is [string, string] => {
    const [name, value] = entry
    return value !== undefined && inherited.test(name)
  })
  return { ...Object.fromEntries(allowed), ...given }
}
