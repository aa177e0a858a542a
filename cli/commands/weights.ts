import { decodeText } from '../../grammar/text-encoding.js';

import { isError } from '../../compiler/diagnostics.js';
import { readNet, type ReadOptions } from '../../compiler/read-net.js';
import { writeCaffemodel } from '../../compiler/weights/caffemodel-writer.js';
import { diffWeights } from '../../compiler/weights/diff.js';
import type { Golden } from '../../compiler/weights/golden.js';
import { readGolden } from '../../compiler/weights/golden-reader.js';
import { inspectWeights } from '../../compiler/weights/inspect.js';
import { synthesize as synthesizeWeights } from '../../compiler/weights/synthesize.js';

import { writeFileAtomically } from '../../runtime/atomic-write.js';

import { type Emit, type Outcome, runStage } from '../events.js';
import { readBytes, readSource } from '../files.js';
import type { NetFlags } from '../flags.js';
import { readOptionsOf } from '../read-options.js';
import { counted } from '../report/number-text.js';
import {
  differenceJson,
  differenceView,
  weightsJson,
  weightsView,
} from '../report/weights.js';
import { UsageError } from '../usage-error.js';
import { openWeights } from '../weight-files.js';

export interface InspectFlags {
  readonly prototxt?: true;
}

/** What is in a weight file. */
export async function inspect(path: string, emit: Emit): Promise<Outcome> {
  const { files, diagnostics, close } = openWeights([path]);
  emit({ kind: 'diagnostics', diagnostics });
  const [file] = files;
  if (file === undefined) return 'refused';
  const report = await runStage(emit, `reading ${path}`, () =>
    inspectWeights(file),
  );
  close();
  emit({
    kind: 'result',
    document: () => weightsJson(report),
    view: () => weightsView(report),
  });
  return 'done';
}

/** How two weight files differ. */
export async function diff(
  one: string,
  two: string,
  emit: Emit,
): Promise<Outcome> {
  const { files, diagnostics, close } = openWeights([one, two]);
  emit({ kind: 'diagnostics', diagnostics });
  const [first, second] = files;
  if (first === undefined || second === undefined) return 'refused';
  const found = await runStage(emit, 'comparing', () =>
    diffWeights(first, second),
  );
  close();
  emit({
    kind: 'result',
    document: () => differenceJson(found),
    view: () => differenceView(found, [one, two]),
  });
  return found.equal ? 'done' : 'refused';
}

export interface SynthesizeFlags extends NetFlags {
  readonly golden: string;
  readonly output: string;
}

/** Writes the weights that a golden's formula gives a net. */
export async function synthesize(
  path: string,
  flags: SynthesizeFlags,
  emit: Emit,
): Promise<Outcome> {
  const options = readOptionsOf(flags);
  const source = readSource(path);
  const text = decodeText(readBytes(flags.golden));
  const { golden, diagnostics } = readGolden(flags.golden, text);
  emit({ kind: 'diagnostics', diagnostics });
  if (golden === undefined) return 'refused';
  const { ranges } = golden;
  if (ranges === undefined) {
    throw new UsageError(
      `${flags.golden} was made with the weights of a file, not with a formula`,
    );
  }
  const read = readNet(source, asIn(golden, options));
  emit({ kind: 'diagnostics', diagnostics: read.diagnostics });
  if (read.net === undefined || read.diagnostics.some(isError)) {
    return 'refused';
  }
  const { name, layers } = read.net;
  const made = synthesizeWeights(
    name,
    layers.map(({ parameters, ...layer }) => ({
      name: layer.name,
      type: layer.type,
      shapes: parameters.map(({ spec }) => spec.shape),
    })),
    ranges,
  );
  emit({ kind: 'diagnostics', diagnostics: made.diagnostics });
  if (made.diagnostics.some(isError)) return 'refused';
  await runStage(emit, `writing ${flags.output}`, () =>
    writeFileAtomically(flags.output, writeCaffemodel(made.file)),
  );
  const parameters = made.file.layers
    .flatMap(({ blobs }) => blobs)
    .reduce((sum, { count }) => sum + count, 0);
  emit({
    kind: 'result',
    document: () => ({
      file: flags.output,
      layers: made.file.layers.length,
      parameters,
    }),
    view: () => [
      {
        kind: 'line',
        text: `wrote ${flags.output}: ${counted(made.file.layers.length, 'layer')}, ${counted(parameters, 'parameter')}`,
      },
    ],
  });
  return 'done';
}

/** The net as the golden was made with it: shapes of weights may depend on the input's. */
const asIn = (
  { input, averagePoolKernel }: Golden,
  options: ReadOptions,
): ReadOptions => ({
  ...options,
  inputShapes: new Map([
    ...(input.from === 'stream' ? [[input.blob, input.shape] as const] : []),
    ...(options.inputShapes ?? []),
  ]),
  globalPool: options.globalPool === true || averagePoolKernel !== undefined,
});
