import { recoverNet } from '../../compiler/weights/recover-net.js';

import { openFile } from '../../runtime/file-source.js';
import { openWeightFile } from '../../runtime/weights/open-weights.js';

import type { Emit, Outcome } from '../events.js';
import { requireFile } from '../files.js';
import { UsageError } from '../usage-error.js';

/** The net that a caffemodel carries, as prototxt. */
export function recover(path: string, emit: Emit): Outcome {
  requireFile(path);
  const { form, file, diagnostics, close } = openWeightFile(path);
  close();
  emit({ kind: 'diagnostics', diagnostics });
  if (file === undefined) return 'refused';
  if (form !== 'caffemodel') {
    throw new UsageError(
      `${path} holds weights only: of all forms the caffemodel alone carries its net`,
    );
  }
  const source = openFile(path);
  const net = recoverNet(source);
  source.close();
  if (net === undefined) return 'refused';
  const { prototxt, dialect, notes } = net;
  emit({
    kind: 'result',
    document: () => ({ prototxt, dialect, notes }),
    view: () => [
      {
        kind: 'text',
        text: [...notes.map((note) => `# ${note}\n`), prototxt].join(''),
      },
    ],
  });
  return 'done';
}
