import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Source } from '../grammar/source.js';

import { type Diagnostic, isError } from '../compiler/diagnostics.js';
import { elementCount } from '../compiler/ir/types.js';
import type { Net } from '../compiler/net/net.js';
import { readNet, type ReadOptions } from '../compiler/read-net.js';
import type { Golden } from '../compiler/weights/golden.js';
import { fillStream } from '../compiler/weights/streams.js';
import { synthesize } from '../compiler/weights/synthesize.js';
import type { WeightFile } from '../compiler/weights/weight-file.js';

import { writeNpy } from './arrays/npy.js';
import { readNpz } from './arrays/npz.js';
import { openFile } from './file-source.js';
import { arrayReference } from './parity/array-reference.js';
import { goldenReference } from './parity/golden-reference.js';
import {
  type Parity,
  type ProofRequest,
  prove,
} from './parity/prove-parity.js';
import { runPycaffe } from './parity/pycaffe.js';

export {
  type Parity,
  type ParityLayer,
  type ParityOutput,
  type ParityReport,
  worstFirst,
} from './parity/prove-parity.js';

/** What the net is compared with. */
export type ReferenceChoice =
  /** A golden; `folder`: where it lies, for the files that it names. */
  | {
      readonly kind: 'golden';
      readonly golden: Golden;
      readonly folder: string;
    }
  /** An .npz of blobs. */
  | { readonly kind: 'arrays'; readonly file: string }
  /** The user's own pycaffe, run now on these files. */
  | {
      readonly kind: 'pycaffe';
      readonly prototxt: string;
      readonly weights: string | undefined;
    };

export interface ParityRequest {
  readonly source: Source;
  readonly options: ReadOptions;
  /** Without any, a golden's own formula gives the weights. */
  readonly weights: readonly WeightFile[];
  readonly reference: ReferenceChoice;
  readonly tolerance?: number | undefined;
  readonly progress?:
    ((stage: string, done: number, total: number) => void) | undefined;
}

/** The weights of a golden that was made with a formula. */
const formulaWeights =
  (golden: Golden): ProofRequest['weights'] =>
  (net) => {
    if (golden.ranges === undefined) return { files: [], diagnostics: [] };
    const layers = net.layers.map(({ name, type, parameters }) => ({
      name,
      type,
      shapes: parameters.map(({ spec }) => spec.shape),
    }));
    const { file, diagnostics } = synthesize(
      golden.name,
      layers,
      golden.ranges,
    );
    return { files: [file], diagnostics };
  };

/** Reads the net that pycaffe is to run, for its inputs. */
function inputsOf(
  source: Source,
  options: ReadOptions,
): { readonly net?: Net; readonly diagnostics: readonly Diagnostic[] } {
  const { net, diagnostics } = readNet(source, options);
  return net === undefined || diagnostics.some(isError)
    ? { diagnostics }
    : { net, diagnostics };
}

/** Runs the net in pycaffe on numbers of -1 to 1, and compares with what it gave. */
async function provePycaffe(
  request: ParityRequest,
  proof: Omit<ProofRequest, 'reference'>,
  files: { readonly prototxt: string; readonly weights: string | undefined },
): Promise<Parity> {
  const { net, diagnostics } = inputsOf(request.source, request.options);
  if (net === undefined) return { report: undefined, diagnostics };
  const folder = await mkdtemp(join(tmpdir(), 'rancc-pycaffe-'));
  try {
    for (const { name, shape = [] } of net.inputs) {
      const data = new Float32Array(elementCount(shape));
      fillStream(`${name}#0`, data, -1, 1);
      await writeFile(
        join(folder, `${name.replaceAll('/', '_')}.npy`),
        writeNpy(shape, data),
      );
    }
    const archive = join(folder, 'blobs.npz');
    await runPycaffe({
      python: process.env['RANCC_PYTHON'] ?? 'python3',
      prototxt: files.prototxt,
      weights: files.weights,
      inputs: folder,
      archive,
    });
    return await proveArrays(proof, archive, request.tolerance);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function proveArrays(
  proof: Omit<ProofRequest, 'reference'>,
  file: string,
  tolerance: number | undefined,
): Promise<Parity> {
  const opened = openFile(file);
  try {
    const { value, diagnostics } = readNpz(opened);
    if (value === undefined) return { report: undefined, diagnostics };
    return await prove({
      ...proof,
      reference: arrayReference(file, value, tolerance),
    });
  } finally {
    opened.close();
  }
}

/** Proves, layer by layer, that the net's numbers are those of the reference Caffe. */
export function proveParity(request: ParityRequest): Promise<Parity> {
  const { source, options, weights, reference, tolerance, progress } = request;
  const given: ProofRequest['weights'] = () => ({
    files: weights,
    diagnostics: [],
  });
  const proof = { source, options, weights: given, tolerance, progress };
  switch (reference.kind) {
    case 'golden':
      return prove({
        ...proof,
        weights:
          weights.length === 0 ? formulaWeights(reference.golden) : given,
        reference: goldenReference(
          reference.golden,
          reference.folder,
          tolerance,
        ),
      });
    case 'arrays':
      return proveArrays(proof, reference.file, tolerance);
    case 'pycaffe':
      return provePycaffe(request, proof, reference);
  }
}
