import { dirname, extname, join } from 'node:path';

import type { Source } from '../../grammar/source.js';
import { decodeText } from '../../grammar/text-encoding.js';

import { type Diagnostic, isError } from '../../compiler/diagnostics.js';
import { readNet, type ReadOptions } from '../../compiler/read-net.js';
import { readGolden } from '../../compiler/weights/golden-reader.js';

import { proveParity, type ReferenceChoice } from '../../runtime/parity.js';

import { type Emit, type Outcome, stageTeller } from '../events.js';
import { readBytes, readSource, requireFile } from '../files.js';
import type { NetFlags } from '../flags.js';
import { strayShapes } from '../input-shapes.js';
import { readOptionsOf } from '../read-options.js';
import { parityJson, parityView } from '../report/parity.js';
import { useScratch } from '../scratch.js';
import { withSourceShapes } from '../source-shapes.js';
import { UsageError } from '../usage-error.js';
import { openWeights } from '../weight-files.js';

export interface ValidateFlags extends NetFlags {
  readonly weights?: readonly string[];
  readonly reference: string;
  readonly tolerance?: number;
  readonly all?: true;
}

/** Proves layer by layer that a net computes what Caffe does. */
export async function validate(
  path: string,
  flags: ValidateFlags,
  emit: Emit,
): Promise<Outcome> {
  const options = readOptionsOf(flags);
  const source = readSource(path);
  const reference = openReference(path, flags, emit);
  if (reference === undefined) return 'refused';
  const opened = openWeights(flags.weights ?? weightsOf(reference));
  if (opened.diagnostics.some(isError)) {
    emit({ kind: 'diagnostics', diagnostics: opened.diagnostics });
    return 'refused';
  }
  const sourced = await withSourceShapes(source, options);
  const mistakes = [
    ...sourced.diagnostics,
    ...strayIn(source, sourced.options, options),
  ];
  emit({ kind: 'diagnostics', diagnostics: mistakes });
  if (mistakes.some(isError)) return 'refused';
  useScratch();
  const teller = stageTeller(emit);
  const { report, diagnostics } = await proveParity({
    source,
    options: sourced.options,
    weights: opened.files,
    reference,
    tolerance: flags.tolerance,
    progress: teller.progress,
  });
  teller.end();
  opened.close();
  emit({
    kind: 'diagnostics',
    diagnostics: [...opened.diagnostics, ...diagnostics],
  });
  if (report === undefined) return 'refused';
  emit({
    kind: 'result',
    document: () => parityJson(report),
    view: () => parityView(report, flags.all ?? false),
  });
  return report.passed ? 'done' : 'refused';
}

/** Shapes that were given for what is no input; a net that cannot be read is told of later. */
function strayIn(
  source: Source,
  options: ReadOptions,
  given: ReadOptions,
): readonly Diagnostic[] {
  if (given.inputShapes === undefined || given.inputShapes.size === 0)
    return [];
  const { net } = readNet(source, options);
  return net === undefined ? [] : strayShapes(net, given);
}

/** By its name or ending; undefined where a golden was refused. */
function openReference(
  path: string,
  { reference, weights }: ValidateFlags,
  emit: Emit,
): ReferenceChoice | undefined {
  if (reference === 'pycaffe') {
    return { kind: 'pycaffe', prototxt: path, weights: weights?.[0] };
  }
  switch (extname(reference).toLowerCase()) {
    case '.npz':
      requireFile(reference);
      return { kind: 'arrays', file: reference };
    case '.json': {
      const text = decodeText(readBytes(reference));
      const { golden, diagnostics } = readGolden(reference, text);
      emit({ kind: 'diagnostics', diagnostics });
      const folder = dirname(reference);
      return golden && { kind: 'golden', golden, folder };
    }
    default:
      requireFile(reference);
      throw new UsageError(
        `${reference} is no reference`,
        "a reference is a golden (.json), an .npz of blobs, or 'pycaffe'",
      );
  }
}

/** The weight file that a golden was made with, where it was made with one. */
function weightsOf(reference: ReferenceChoice): readonly string[] {
  if (reference.kind !== 'golden') return [];
  const { golden, folder } = reference;
  return golden.weights === undefined ? [] : [join(folder, golden.weights)];
}
