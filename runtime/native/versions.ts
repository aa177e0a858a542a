/**
 * What is fetched, pinned: a wheel is known by its sha256, so nothing else can take its
 * place. A wheel is a zip of which a few members are unpacked; no Python of it ever runs.
 */
export interface Wheel {
  /** The project's name and version, as pip takes them. */
  readonly project: string;
  readonly version: string;
  /** The file's platform tag; pip matches it exactly. */
  readonly platform: string;
  readonly sha256: string;
  /** Of the wheel, in bytes; for the progress line and the look at free space. */
  readonly size: number;
  /** Where a member goes in the cached folder, or undefined where it is not wanted. */
  readonly destination: (member: string) => string | undefined;
}

export interface Flavour {
  /** The value of RANCC_TENSORFLOW that chooses it. */
  readonly name: string;
  readonly wheels: readonly Wheel[];
  /** Room that the unpacked members take, in bytes. */
  readonly unpackedSize: number;
}

export const tensorflowVersion = '2.21.0';
/** The interpreter whose wheel is taken; the libraries in it know nothing of Python. */
export const pythonTag = { version: '3.11', abi: 'cp311' } as const;
export const leastGlibc = '2.27';
export const leastNode = '20.19.0';

export const libraries = [
  'libtensorflow_cc.so.2',
  'libtensorflow_framework.so.2',
] as const;

const headerFolders = [
  'tensorflow/include/tensorflow/c/',
  'tensorflow/include/tensorflow/core/platform/',
  'tensorflow/include/tsl/',
  'tensorflow/include/xla/tsl/',
];

function tensorflowMember(member: string): string | undefined {
  for (const library of libraries) {
    if (member === `tensorflow/${library}`) return `lib/${library}`;
  }
  return headerFolders.some((folder) => member.startsWith(folder))
    ? member.slice('tensorflow/'.length)
    : undefined;
}

/**
 * Of the CUDA wheels the shared objects, and of nvcc what XLA calls at run time. They keep
 * their places under nvidia/, where the runpath of TensorFlow's libraries looks.
 */
function nvidiaMember(member: string): string | undefined {
  const wanted =
    /^nvidia\/[^/]+\/lib\/[^/]+\.so[^/]*$/.test(member) ||
    /^nvidia\/cuda_nvcc\/(bin\/ptxas|nvvm\/.*)$/.test(member);
  return wanted ? member : undefined;
}

const nvidia = (
  project: string,
  version: string,
  platform: string,
  size: number,
  sha256: string,
): Wheel => ({
  project,
  version,
  platform,
  size,
  sha256,
  destination: nvidiaMember,
});

const flavourTable = {
  'pypi-cpu': {
    name: 'pypi-cpu',
    unpackedSize: 860_000_000,
    wheels: [
      {
        project: 'tensorflow-cpu',
        version: tensorflowVersion,
        platform: 'manylinux_2_27_x86_64',
        size: 273_829_956,
        sha256:
          '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
        destination: tensorflowMember,
      },
    ],
  },
  /** The CUDA build and its companions. Fetched and linked, never tried on a GPU. */
  'pypi-gpu': {
    name: 'pypi-gpu',
    unpackedSize: 5_661_000_000,
    wheels: [
      {
        project: 'tensorflow',
        version: tensorflowVersion,
        platform: 'manylinux_2_27_x86_64',
        size: 572_440_367,
        sha256:
          '9056fbc9ba04235810b71ae6cbd958a196e8804fb53bbcffbf3e23b56155f124',
        destination: tensorflowMember,
      },
      nvidia(
        'nvidia-cublas-cu12',
        '12.9.3.13',
        'manylinux_2_27_x86_64',
        581_217_458,
        'd7d51055f161b317c7105ddaae90e71eda059026074ffef93cf7cde2886bfe72',
      ),
      nvidia(
        'nvidia-cuda-cupti-cu12',
        '12.8.90',
        'manylinux2014_x86_64',
        10_248_621,
        'ea0cb07ebda26bb9b29ba82cda34849e73c166c18162d3913575b0c9db9a6182',
      ),
      nvidia(
        'nvidia-cuda-nvcc-cu12',
        '12.9.86',
        'manylinux2010_x86_64',
        40_546_229,
        '5d6a0d32fdc7ea39917c20065614ae93add6f577d840233237ff08e9a38f58f0',
      ),
      nvidia(
        'nvidia-cuda-nvrtc-cu12',
        '12.9.86',
        'manylinux2010_x86_64',
        89_568_129,
        '210cf05005a447e29214e9ce50851e83fc5f4358df8b453155d5e1918094dcb4',
      ),
      nvidia(
        'nvidia-cuda-runtime-cu12',
        '12.9.79',
        'manylinux2014_x86_64',
        3_493_179,
        '25bba2dfb01d48a9b59ca474a1ac43c6ebf7011f1b0b8cc44f54eb6ac48a96c3',
      ),
      nvidia(
        'nvidia-cudnn-cu12',
        '9.28.0.42',
        'manylinux_2_27_x86_64',
        716_538_495,
        '9ff58b7f36dacd0a93e89f8f2957b52466889217963701daa15e577317cfa375',
      ),
      nvidia(
        'nvidia-cufft-cu12',
        '11.4.1.4',
        'manylinux2014_x86_64',
        200_877_592,
        'c67884f2a7d276b4b80eb56a79322a95df592ae5e765cf1243693365ccab4e28',
      ),
      nvidia(
        'nvidia-curand-cu12',
        '10.3.10.19',
        'manylinux_2_27_x86_64',
        68_295_626,
        '49b274db4780d421bd2ccd362e1415c13887c53c214f0d4b761752b8f9f6aa1e',
      ),
      nvidia(
        'nvidia-cusolver-cu12',
        '11.7.5.82',
        'manylinux_2_27_x86_64',
        338_117_415,
        '15da72d1340d29b5b3cf3fd100e3cd53421dde36002eda6ed93811af63c40d88',
      ),
      nvidia(
        'nvidia-cusparse-cu12',
        '12.5.10.65',
        'manylinux2014_x86_64',
        366_465_088,
        '73060ce019ac064a057267c585bf1fd5a353734151f87472ff02b2c5c9984e78',
      ),
      nvidia(
        'nvidia-nccl-cu12',
        '2.32.3',
        'manylinux_2_27_x86_64',
        351_526_311,
        'bb94b2348e4861d5e8aa00b36c3d12d9bdf9c6369b82cbb723de0b582280a21c',
      ),
      nvidia(
        'nvidia-nvjitlink-cu12',
        '12.9.86',
        'manylinux2010_x86_64',
        39_748_338,
        'e3f1171dbdc83c5932a45f0f4c99180a70de9bd2718c1ab77d14104f6d7147f9',
      ),
    ],
  },
} as const satisfies Record<string, Flavour>;

export type FlavourName = keyof typeof flavourTable;
export const flavours: Readonly<Record<FlavourName, Flavour>> = flavourTable;

export const isFlavourName = (text: string): text is FlavourName =>
  Object.hasOwn(flavourTable, text);
