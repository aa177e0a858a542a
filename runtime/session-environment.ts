/** What TensorFlow's variables are where the user has not set them. */
export const sessionEnvironment: Readonly<Record<string, string>> = {
  // Errors and what is worse; the rest is talk at load.
  TF_CPP_MIN_LOG_LEVEL: '2',
  // Otherwise the first session takes the whole memory of the GPU.
  TF_FORCE_GPU_ALLOW_GROWTH: 'true',
};

/**
 * TensorFlow leaves oneDNN off on processors without AVX512_VNNI or the like, where an
 * optimised graph is faster without it. But grouped convolutions are fused by oneDNN alone.
 */
export const withOneDnn: Readonly<Record<string, string>> = {
  TF_ENABLE_ONEDNN_OPTS: '1',
};
