/**
 * Variables by which a program can be made to run foreign code; no setting may hand one to a child. After those of the
 * system's loader and of interpreters: libraries that CUDA, ROCm, Vulkan, OpenCL, Ollama itself and OpenSSL load.
 */
const loaderVariables = new RegExp(
  `^(${[
    'LD_.*|DYLD_.*|GCONV_PATH|GLIBC_TUNABLES|PATH|ENV|BASH_ENV|IFS',
    'NODE_OPTIONS|NODE_PATH|ELECTRON_.*|PYTHON(PATH|STARTUP|HOME)|PERL5?(LIB|OPT)|RUBY(LIB|OPT)',
    'CUDA_INJECTION.*|NVTX_INJECTION.*|CUDBG_.*|HSA_TOOLS_.*|ROCP(ROFILER)?_.*|ROCTRACER_.*',
    'VK_(DRIVER_FILES|ADD_DRIVER_FILES|ICD_FILENAMES|(ADD_|IMPLICIT_|ADD_IMPLICIT_)?LAYER_PATH|INSTANCE_LAYERS|LOADER_.*)',
    'OCL_ICD_.*|OPENCL_VENDOR_PATH|OPENCL_LAYERS',
    'GGML_BACKEND_PATH|OLLAMA_LIBRARY_PATH|OPENSSL_(CONF|MODULES|ENGINES)',
  ].join('|')})$`,
  'i',
)

/** What a child gets from Corral's own environment: what the system needs, proxies and the choice of GPUs, nothing else. */
const inherited =
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|LC_[A-Z]+|TZ|TMPDIR|TEMP|TMP|XDG_[A-Z_]+|LD_LIBRARY_PATH|SYSTEMROOT|WINDIR|COMSPEC|PATHEXT|USERPROFILE|USERNAME|APPDATA|LOCALAPPDATA|PROGRAMDATA|PROGRAMFILES|SYSTEMDRIVE|HOMEDRIVE|HOMEPATH|NUMBER_OF_PROCESSORS|(HTTP|HTTPS|NO|ALL)_PROXY|SSL_CERT_(FILE|DIR)|CUDA_(VISIBLE_DEVICES|DEVICE_ORDER)|HIP_VISIBLE_DEVICES|ROCR_VISIBLE_DEVICES|GPU_DEVICE_ORDINAL|HSA_(?!TOOLS_)[A-Z_0-9]+|JETSON_JETPACK)$/i

export const isLoaderVariable = (name: string) => loaderVariables.test(name)

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
