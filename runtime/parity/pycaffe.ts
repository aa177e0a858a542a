import { spawn } from 'node:child_process';

import { EnvironmentFailure } from '../native/failure.js';
import { topPrefix } from './array-reference.js';

/**
 * Runs a net in the user's own pycaffe, layer by layer, and keeps every top right after its
 * layer. Arguments: prototxt, weights or '', folder with an .npy for each input, archive.
 */
const script = `
import os, sys
import numpy as np
import caffe

model, weights, folder, archive = sys.argv[1:5]
caffe.set_mode_cpu()
net = caffe.Net(model, weights, caffe.TEST) if weights else caffe.Net(model, caffe.TEST)
arrays = {}
for name in net.inputs:
    value = np.load(os.path.join(folder, name.replace('/', '_') + '.npy'))
    net.blobs[name].reshape(*value.shape)
    net.blobs[name].data[...] = value
    arrays[name] = value
net.reshape()
for index, layer in enumerate(net._layer_names):
    net._forward(index, index)
    if net.layers[index].type in ('Split', 'Input'):
        continue
    for number, top in enumerate(net.top_names[layer]):
        arrays['${topPrefix}%s/%d' % (layer, number)] = net.blobs[top].data.copy()
np.savez(archive, **arrays)
`;

export interface PycaffeRun {
  readonly python: string;
  readonly prototxt: string;
  readonly weights: string | undefined;
  /** Holds `<input>.npy` for each input, slashes made underscores. */
  readonly inputs: string;
  /** The .npz that is written. */
  readonly archive: string;
}

/** Lets pycaffe compute the net's tops; EnvironmentFailure where it is not there or fails. */
export async function runPycaffe(run: PycaffeRun): Promise<void> {
  const { python, prototxt, weights, inputs, archive } = run;
  const child = spawn(
    python,
    ['-c', script, prototxt, weights ?? '', inputs, archive],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const said: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.push(text);
  });
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  }).catch((thrown: unknown) => {
    throw new EnvironmentFailure(
      `${python} cannot be started`,
      'install Python, or name another with RANCC_PYTHON',
      { cause: thrown },
    );
  });
  if (status === 0) return;
  const lines = said.join('').trimEnd().split('\n');
  const missing = /No module named '(\w+)'/.exec(said.join(''))?.[1];
  throw new EnvironmentFailure(
    missing !== undefined
      ? `${python} has no module '${missing}', which pycaffe needs`
      : `pycaffe failed: ${lines.at(-1) ?? `status ${String(status)}`}`,
    missing !== undefined
      ? "put your Caffe's folder 'python' on PYTHONPATH, or name the Python that has it with RANCC_PYTHON"
      : `try the net in pycaffe itself: ${prototxt}`,
  );
}
