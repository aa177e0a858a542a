import { installNative } from '../../runtime/native/install.js';
import { printedProgress } from '../../runtime/native/progress.js';
import { requireNative } from '../../runtime/native/status.js';

import type { Emit, Outcome } from '../events.js';

export interface SetupFlags {
  /** Hash the cached library again. */
  readonly verify?: true;
}

/** Gets TensorFlow's native library and builds the binding to it; what is there stays. */
export async function setup(flags: SetupFlags, emit: Emit): Promise<Outcome> {
  await installNative({
    progress: printedProgress(process.stderr),
    thorough: flags.verify ?? false,
  });
  const { tensorflow, flavour } = requireNative();
  emit({
    kind: 'result',
    document: () => ({ tensorflow, flavour }),
    view: () => [
      {
        kind: 'line',
        text: `TensorFlow ${tensorflow} (${flavour}) is in place`,
        tone: 'good',
      },
    ],
  });
  return 'done';
}
