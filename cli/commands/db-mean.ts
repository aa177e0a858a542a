import { writeFileAtomically } from '../../runtime/atomic-write.js';
import type { Backend } from '../../runtime/data/databases/open-database.js';
import { meanOfDatabase } from '../../runtime/data/tools/mean.js';
import { meanBytes } from '../../runtime/data/tools/mean-bytes.js';

import { type Emit, type Outcome, runStage } from '../events.js';
import { meanJson, meanView } from '../report/db-mean.js';
import { useScratch } from '../scratch.js';

export interface DbMeanFlags {
  readonly backend?: Backend;
}

/** Caffe's compute_image_mean: the mean of a database's images, into a `.binaryproto`. */
export async function dbMean(
  path: string,
  output: string | undefined,
  { backend }: DbMeanFlags,
  emit: Emit,
): Promise<Outcome> {
  useScratch();
  const mean = await runStage(emit, `adding up ${path}`, (progress) =>
    meanOfDatabase(path, backend, progress),
  );
  if (output !== undefined) {
    await writeFileAtomically(output, meanBytes(mean.image));
  }
  const report = { path, output, mean };
  emit({
    kind: 'result',
    document: () => meanJson(report),
    view: () => meanView(report),
  });
  return 'done';
}
