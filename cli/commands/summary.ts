import { isError } from '../../compiler/diagnostics.js';
import { readNet } from '../../compiler/read-net.js';
import { summarizeNet } from '../../compiler/summary.js';

import type { Emit, Outcome } from '../events.js';
import { readSource } from '../files.js';
import type { NetFlags } from '../flags.js';
import { strayShapes } from '../input-shapes.js';
import { readOptionsOf } from '../read-options.js';
import { summaryJson, summaryView } from '../report/summary.js';
import { leniently } from '../unsupported.js';
import { UsageError } from '../usage-error.js';

/** What the layers of a net make and cost. */
export function summary(
  path: string | undefined,
  flags: NetFlags,
  emit: Emit,
): Outcome {
  const options = readOptionsOf(flags);
  if (path === undefined) throw new UsageError('a net to summarize is missing');
  const read = readNet(readSource(path), options);
  const diagnostics = [
    ...leniently(read.diagnostics),
    ...(read.net === undefined ? [] : strayShapes(read.net, options)),
  ];
  emit({ kind: 'diagnostics', diagnostics });
  if (read.net === undefined || diagnostics.some(isError)) return 'refused';
  const found = summarizeNet(read.net);
  emit({
    kind: 'result',
    document: () => summaryJson(found),
    view: () => summaryView(found),
  });
  return 'done';
}
