/**
 * Loads TensorFlow in a process of its own and says on stdout what it found; the parent
 * reads TensorFlow's log from stderr. A library that ends the process ends this one only.
 */
import { readFileSync } from 'node:fs';

import { loadTensorFlow } from '../tensorflow.js';
import { EnvironmentFailure } from './failure.js';

export interface ProbeResult {
  readonly version: string;
  readonly usesGpu: boolean;
  readonly library: string;
}

function loadedLibrary(): string {
  const line = readFileSync('/proc/self/maps', 'utf8')
    .split('\n')
    .find((text) => text.includes('libtensorflow_cc.so'));
  return line?.slice(line.indexOf('/')) ?? 'unknown';
}

try {
  const { version, usesGpu } = loadTensorFlow();
  const result: ProbeResult = { version, usesGpu, library: loadedLibrary() };
  process.stdout.write(JSON.stringify(result));
} catch (thrown) {
  if (!(thrown instanceof EnvironmentFailure)) throw thrown;
  process.stdout.write(
    JSON.stringify({ failure: thrown.message, cure: thrown.cure }),
  );
}
