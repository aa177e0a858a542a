import { EnvironmentFailure } from '../runtime/native/failure.js';

import { notYet } from './usage-error.js';

/** What a solver and the command line say of where a net is trained. */
export interface DeviceAsked {
  /** `--gpu`: instead of the solver's. */
  readonly gpu: string | undefined;
  readonly mode: 'CPU' | 'GPU';
  /** Of the GPU; undefined where the solver does not say. */
  readonly device: number | undefined;
}

/**
 * Lets TensorFlow see that device alone, before it is loaded; gives what Caffe logs of it.
 * In mode GPU, which is the default of solvers, a machine without any trains on its CPU; a
 * GPU that the command line asks for has to be there.
 */
export async function chooseDevice({
  gpu,
  mode,
  device,
}: DeviceAsked): Promise<string> {
  if (gpu === undefined) {
    if (mode === 'CPU') process.env['CUDA_VISIBLE_DEVICES'] = '-1';
    else if (device !== undefined)
      process.env['CUDA_VISIBLE_DEVICES'] ??= String(device);
    return mode === 'CPU' ? 'Use CPU.' : 'Use a GPU where there is one.';
  }
  if (!/^\d+$/.test(gpu))
    throw notYet('training on several GPUs', 'name one: --gpu 0');
  process.env['CUDA_VISIBLE_DEVICES'] = gpu;
  const { deviceReport } = await import('../runtime/session.js');
  const { devices } = await deviceReport();
  if (!devices.some(({ kind }) => kind === 'GPU'))
    throw new EnvironmentFailure(
      `TensorFlow sees no GPU ${gpu} here`,
      "leave --gpu away to train on the CPU; 'rancc doctor' shows the devices",
    );
  return `Using GPUs ${gpu}`;
}
