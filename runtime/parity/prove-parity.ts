import type { Source } from '../../grammar/source.js';

import { compile, type Model } from '../../compiler/compile.js';
import { type Diagnostic, isError } from '../../compiler/diagnostics.js';
import { elementCount } from '../../compiler/ir/types.js';
import { topName } from '../../compiler/lower.js';
import type { Blob, Net } from '../../compiler/net/net.js';
import { unfolded } from '../../compiler/passes/index.js';
import { readNet, type ReadOptions } from '../../compiler/read-net.js';
import { fitWeights } from '../../compiler/weights/fit.js';
import { defaultTolerance } from '../../compiler/weights/golden-compare.js';
import type { WeightFile } from '../../compiler/weights/weight-file.js';

import { type Evaluator, openEvaluator } from '../evaluator.js';
import type { Tensor } from '../tensor.js';
import { type Distance, distanceOf, type Reference } from './reference.js';

/** One top of a layer, compared with the reference's. */
export interface ParityLayer extends Distance {
  readonly name: string;
  readonly type: string;
  readonly top: string;
  /** The layer run on the reference's own bottoms, where the reference holds them. */
  readonly own?: Distance | undefined;
}

export interface ParityOutput extends Distance {
  readonly name: string;
}

export interface ParityReport {
  readonly passed: boolean;
  readonly tolerance: number;
  /** In the order of the net. */
  readonly layers: readonly ParityLayer[];
  readonly worst: ParityLayer | undefined;
  readonly firstDivergence: ParityLayer | undefined;
  /** The optimised graph, against the reference where it knows the output, else against the unfolded graph. */
  readonly optimised: {
    readonly passed: boolean;
    readonly outputs: readonly ParityOutput[];
  };
  /** Tops that the reference knows nothing of. */
  readonly notCompared: readonly string[];
}

export interface ProofRequest {
  readonly source: Source;
  readonly options: ReadOptions;
  /** Makes the reference once the net's inputs are known. */
  readonly reference: (net: Net) => {
    readonly reference: Reference | undefined;
    readonly diagnostics: readonly Diagnostic[];
  };
  /** Makes the weights once the net's layers are known. */
  readonly weights: (net: Net) => {
    readonly files: readonly WeightFile[];
    readonly diagnostics: readonly Diagnostic[];
  };
  readonly tolerance?: number | undefined;
  readonly progress?:
    ((stage: string, done: number, total: number) => void) | undefined;
}

export interface Parity {
  readonly report: ParityReport | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** What one call fetches at most: the values go through host memory. */
const bytesOfOneFetch = 400 << 20;

const isFed = (net: Net, blob: Blob): boolean => net.inputs.includes(blob);

/** Every top that a layer computes, in the order of execution. */
const computedTops = (net: Net): readonly Blob[] =>
  net.layers.flatMap(({ tops }) => tops).filter((blob) => !isFed(net, blob));

/** Cuts the tops into runs whose values together stay below the limit. */
function portions(tops: readonly Blob[]): readonly (readonly Blob[])[] {
  const result: Blob[][] = [];
  let room = 0;
  for (const blob of tops) {
    const bytes = 4 * elementCount(blob.shape ?? []);
    const last = result.at(-1);
    if (last === undefined || bytes > room) {
      result.push([blob]);
      room = bytesOfOneFetch - bytes;
    } else {
      last.push(blob);
      room -= bytes;
    }
  }
  return result;
}

interface Comparison {
  readonly net: Net;
  readonly evaluator: Evaluator;
  readonly reference: Reference;
  readonly progress: (done: number, total: number) => void;
}

/** Compares every top with the reference's; `replaced` are what the layers read instead. */
async function compareTops(
  { net, evaluator, reference, progress }: Comparison,
  replaced: ReadonlyMap<string, Tensor>,
  visit: (blob: Blob, tensor: Tensor) => void,
): Promise<void> {
  const tops = computedTops(net);
  let done = 0;
  for (const portion of portions(tops)) {
    const values = await evaluator.predict(
      reference.inputs,
      portion.map(topName),
      replaced,
    );
    for (const blob of portion) {
      const tensor = values.get(topName(blob));
      if (tensor !== undefined) visit(blob, tensor);
    }
    done += portion.length;
    progress(done, tops.length);
  }
}

interface ComparedTops {
  readonly layers: readonly ParityLayer[];
  readonly notCompared: readonly string[];
  /** The net's outputs as the unfolded graph has them. */
  readonly outputs: ReadonlyMap<string, Tensor>;
}

async function compareUnfolded(comparison: Comparison): Promise<ComparedTops> {
  const { net, reference } = comparison;
  const typeOf = new Map(net.layers.map(({ name, type }) => [name, type]));
  const distances = new Map<Blob, Distance>();
  const outputs = new Map<string, Tensor>();
  const held = new Map<string, Tensor>();
  for (const blob of computedTops(net)) {
    const values = reference.valuesOf(blob);
    if (values !== undefined) held.set(topName(blob), values);
  }
  await compareTops(comparison, new Map(), (blob, tensor) => {
    if (net.outputs.includes(blob)) outputs.set(blob.name, tensor);
    const distance = reference.compareTop(blob, tensor);
    if (distance !== undefined) distances.set(blob, distance);
  });
  const own = new Map<Blob, Distance>();
  if (held.size > 0) {
    await compareTops(comparison, held, (blob, tensor) => {
      const distance = reference.compareTop(blob, tensor);
      if (distance !== undefined) own.set(blob, distance);
    });
  }
  const layers = [...distances].map(
    ([blob, { maxAbs, maxRel, passed }]): ParityLayer => ({
      name: blob.producer,
      type: typeOf.get(blob.producer) ?? '',
      top: blob.name,
      maxAbs,
      maxRel,
      passed,
      own: own.get(blob),
    }),
  );
  const notCompared = computedTops(net)
    .filter((blob) => !distances.has(blob))
    .map(topName);
  return { layers, notCompared, outputs };
}

/**
 * A golden of a larger input than the file's may have been made with the last average pool
 * widened to it: then it is global here too.
 */
function poolAsReference(
  source: Source,
  reference: Reference,
  options: ReadOptions,
): ReadOptions {
  const { net } = readNet(source, options);
  const pool = net?.layers.findLast(
    ({ type, message }) =>
      type === 'Pooling' && message.get('pooling_param').get('pool') === 'AVE',
  );
  const [top] = pool?.tops ?? [];
  const image = (shape: readonly number[] | undefined): string =>
    (shape ?? []).slice(2).join('x');
  return top !== undefined &&
    image(reference.shapeOf(top)) === '1x1' &&
    image(top.shape) !== '1x1'
    ? { ...options, globalPool: true }
    : options;
}

/** Runs `work` on the model in a session, its parameters assigned. */
async function withWeights<T>(
  model: Model,
  files: readonly WeightFile[],
  progress: (done: number, total: number) => void,
  work: (evaluator: Evaluator) => Promise<T>,
): Promise<T> {
  const evaluator = await openEvaluator(model);
  try {
    const { blobs, missing } = fitWeights(model.net, files);
    if (missing.length > 0) await evaluator.initialize();
    await evaluator.assign(blobs, progress);
    return await work(evaluator);
  } finally {
    await evaluator.close();
  }
}

/** The worst first: by what failed, then by relative difference. */
export const worstFirst = (
  layers: readonly ParityLayer[],
): readonly ParityLayer[] =>
  layers.toSorted(
    (a, b) => Number(a.passed) - Number(b.passed) || b.maxRel - a.maxRel,
  );

/**
 * Proves that the net's numbers are the reference's: the unfolded graph top by top, and the
 * optimised graph by its outputs. A layer's own error (on the reference's bottoms) is told
 * from what it inherits, where the reference holds whole blobs.
 */
export async function prove(request: ProofRequest): Promise<Parity> {
  const { source, progress = () => undefined } = request;
  const first = readNet(source, request.options);
  if (first.net === undefined || first.diagnostics.some(isError)) {
    return { report: undefined, diagnostics: first.diagnostics };
  }
  const opened = request.reference(first.net);
  const { reference } = opened;
  if (reference === undefined) {
    return { report: undefined, diagnostics: opened.diagnostics };
  }
  const options: ReadOptions = poolAsReference(source, reference, {
    ...request.options,
    inputShapes: new Map([
      ...(request.options.inputShapes ?? []),
      ...reference.inputShapes,
    ]),
  });
  progress('compile', 0, 2);
  const inspected = compile(source, {
    ...options,
    pipeline: unfolded,
    observed: () => ({ kind: 'every-top' }),
  });
  progress('compile', 1, 2);
  const optimised = compile(source, options);
  progress('compile', 2, 2);
  if (inspected.model === undefined || optimised.model === undefined) {
    return { report: undefined, diagnostics: inspected.diagnostics };
  }
  const { net } = inspected.model;
  const weights = request.weights(net);
  const fitted = fitWeights(net, weights.files);
  const diagnostics = [
    ...inspected.diagnostics,
    ...weights.diagnostics,
    ...fitted.diagnostics,
  ];
  if (diagnostics.some(isError)) return { report: undefined, diagnostics };

  const stage = (name: string) => (done: number, total: number) => {
    progress(name, done, total);
  };
  const compared = await withWeights(
    inspected.model,
    weights.files,
    stage('assign weights (unfolded graph)'),
    (evaluator) =>
      compareUnfolded({
        net,
        evaluator,
        reference,
        progress: stage('compare layers'),
      }),
  );
  const outputs = await withWeights(
    optimised.model,
    weights.files,
    stage('assign weights (optimised graph)'),
    (evaluator) => evaluator.predict(reference.inputs),
  );
  const tolerance = request.tolerance ?? defaultTolerance;
  const outputDistances = [...outputs].map(([name, tensor]): ParityOutput => {
    const unfoldedOutput = compared.outputs.get(name);
    const distance =
      reference.compareOutput(name, tensor) ??
      distanceOf(
        tensor.data as Float32Array,
        (unfoldedOutput?.data ?? []) as Float32Array,
        tolerance,
      );
    return { name, ...distance };
  });
  const optimisedPassed = outputDistances.every(({ passed }) => passed);
  const { layers, notCompared } = compared;
  return {
    report: {
      passed:
        layers.length > 0 &&
        layers.every(({ passed }) => passed) &&
        optimisedPassed,
      tolerance,
      layers,
      worst: worstFirst(layers)[0],
      firstDivergence: layers.find(({ passed }) => !passed),
      optimised: { passed: optimisedPassed, outputs: outputDistances },
      notCompared,
    },
    diagnostics,
  };
}
