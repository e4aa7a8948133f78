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

export const isLoaderVariable = (name: string): boolean => loaderVariables.test(name)
