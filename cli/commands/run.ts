import { compile, type Model } from '../../compiler/compile.js';
import {
  type Diagnostic,
  diagnostic,
  isError,
} from '../../compiler/diagnostics.js';
import { defaultSeed, type Observed } from '../../compiler/lower.js';
import { finalBlob, type Net } from '../../compiler/net/net.js';
import { optimising } from '../../compiler/passes/index.js';
import { didYouMean } from '../../compiler/suggestion.js';
import type { FittedWeights } from '../../compiler/weights/fit.js';

import type { Batch, NetData } from '../../runtime/data/net-data.js';
import type { Evaluator } from '../../runtime/evaluator.js';
import type { Tensor } from '../../runtime/tensor.js';

import { type Emit, type Outcome, runStage } from '../events.js';
import { readSource, requireFile } from '../files.js';
import type { NetFlags, OutputFlags } from '../flags.js';
import {
  Hdf5Outputs,
  unwritableFiles,
  writtenBottoms,
} from '../hdf5-outputs.js';
import { strayShapes } from '../input-shapes.js';
import { outputWriter } from '../output-files.js';
import {
  forwardOnly,
  pipelineHere,
  type PrecisionFlags,
} from '../precision.js';
import { readOptionsOf } from '../read-options.js';
import { runJson, type RunReport, runView } from '../report/run.js';
import {
  emptyTops,
  neededInputs,
  readArrays,
  type RunInputs,
  runInputs,
} from '../run-inputs.js';
import { openRunSources, otherShapes } from '../run-sources.js';
import { UsageError } from '../usage-error.js';
import { openWeights } from '../weight-files.js';
import { withEvaluator } from '../with-evaluator.js';

type Tensors = ReadonlyMap<string, Tensor>;

export interface RunFlags extends NetFlags, OutputFlags, PrecisionFlags {
  readonly weights?: readonly string[];
  readonly input: ReadonlyMap<string, string>;
  readonly blob: readonly string[];
  readonly iterations: number;
  readonly workers?: number;
  readonly skipBad?: true;
  readonly seed?: number;
  readonly output?: string;
}

/** Forward passes of a net in TensorFlow. */
export async function run(
  path: string,
  flags: RunFlags,
  emit: Emit,
): Promise<Outcome> {
  const options = readOptionsOf(flags);
  const source = readSource(path);
  for (const file of flags.input.values()) requireFile(file);
  const writeOutputs = outputWriter(flags.output);
  const opened = openWeights(flags.weights ?? []);
  const { arrays, diagnostics: unread } = readArrays(flags.input);
  const sources = await openRunSources(source, options, arrays, {
    seed: flags.seed ?? defaultSeed,
    workers: workersOf(flags),
    skipBad: flags.skipBad ?? false,
  });
  const { data } = sources;
  try {
    const pipeline = await pipelineHere(flags, optimising, emit, forwardOnly);
    const { model, diagnostics } = await runStage(
      emit,
      `compiling ${path}`,
      () =>
        compile(source, {
          ...sources.options,
          pipeline,
          seed: flags.seed,
          observed: (net) => observedBlobs(net, flags),
        }),
    );
    emit({
      kind: 'diagnostics',
      diagnostics: [
        ...sources
          .withoutFollowing(diagnostics)
          .filter(({ code }) => code !== 'data/not-written'),
        ...sources.diagnostics,
        ...unread,
      ],
    });
    if (model === undefined) return 'refused';
    const { net } = model;
    const inputs = runInputs({
      net,
      files: flags.input,
      arrays,
      filled: new Set(data?.shapes.keys()),
      needed: neededInputs(model.graph),
    });
    const fitted = opened.fit(net);
    const mistakes = [
      ...unknownBlobs(net, new Set(flags.blob)),
      ...strayShapes(net, options),
      // Inputs that a source would have filled are no mistakes of their own.
      ...(sources.diagnostics.some(isError) ? [] : inputs.diagnostics),
      ...otherShapes(net, data),
      ...unwritableFiles(net),
      // Without any file all layers are missing in it, which says nothing new.
      ...(opened.paths.length === 0 ? [] : fitted.diagnostics),
    ];
    emit({ kind: 'diagnostics', diagnostics: mistakes });
    const all = [...sources.diagnostics, ...unread, ...mistakes];
    if (all.some(isError)) return 'refused';

    const { iterations, files, milliseconds } = await forwardPasses(
      { model, fitted, inputs, data, flags },
      emit,
    );
    opened.close();
    const written = await writeOutputs(net.name, iterations);
    const report: RunReport = {
      net: net.name,
      passes: flags.iterations,
      iterations,
      files: [...files, ...written],
      hasWeights: opened.paths.length > 0,
      skipped: data?.skipped ?? 0,
      milliseconds,
    };
    emit({
      kind: 'result',
      document: () => runJson(report),
      view: () => runView(report),
    });
    return 'done';
  } finally {
    await data?.close();
  }
}

/** More threads than any machine would have work for. */
const mostWorkers = 256;

function workersOf({ workers }: RunFlags): number | undefined {
  if (workers === undefined || workers <= mostWorkers) return workers;
  throw new UsageError(`--workers takes at most ${mostWorkers}`);
}

function observedBlobs(net: Net, { blob, input }: RunFlags): Observed {
  const beside = writtenBottoms(net);
  if (blob.length === 0) {
    const empty = emptyTops(net, input);
    const blobs = net.outputs.filter((output) => !empty.has(output));
    return { kind: 'blobs', blobs, beside };
  }
  const blobs = [...new Set(blob)].flatMap(
    (name) => finalBlob(net, name) ?? [],
  );
  return { kind: 'blobs', blobs, beside };
}

const unknownBlobs = (
  net: Net,
  names: ReadonlySet<string>,
): readonly Diagnostic[] =>
  [...names]
    .filter((name) => finalBlob(net, name) === undefined)
    .map((blob) =>
      diagnostic(
        'run/unknown-blob',
        { blob, net: net.name },
        { notes: didYouMean(blob, blobNames(net)) },
      ),
    );

const blobNames = (net: Net): readonly string[] =>
  net.layers.flatMap(({ tops }) => tops.map(({ name }) => name));

interface ForwardRequest {
  readonly model: Model;
  readonly fitted: FittedWeights;
  readonly inputs: RunInputs;
  readonly data: NetData | undefined;
  readonly flags: RunFlags;
}

interface ForwardPasses {
  /** Those that are shown: without `--json` the last one. */
  readonly iterations: readonly Tensors[];
  /** What the net's own layers wrote. */
  readonly files: readonly string[];
  /** Of all passes together. */
  readonly milliseconds: number;
}

async function forwardPasses(
  request: ForwardRequest,
  emit: Emit,
): Promise<ForwardPasses> {
  const { model, fitted, flags, data } = request;
  // Data that are bad from the beginning are told of before TensorFlow is started.
  let ahead = data && (await runStage(emit, 'reading data', () => data.next()));
  return withEvaluator(model, fitted, emit, async (evaluator) => {
    const written = new Hdf5Outputs(model.net);
    const iterations: Tensors[] = [];
    const start = performance.now();
    await runStage(emit, 'running', async (progress) => {
      for (let pass = 0; pass < flags.iterations; pass++) {
        progress(pass, flags.iterations);
        const batch = ahead ?? (await data?.next());
        ahead = undefined;
        const fed = { ...request, evaluator, batch, pass };
        const outputs = await forwardPass(fed);
        if (!flags.json) iterations.length = 0;
        iterations.push(written.take(outputs));
      }
    });
    const milliseconds = performance.now() - start;
    return { iterations, files: await written.write(), milliseconds };
  });
}

interface Pass {
  readonly evaluator: Evaluator;
  readonly inputs: RunInputs;
  readonly batch: Batch | undefined;
  readonly pass: number;
}

async function forwardPass({
  evaluator,
  inputs,
  batch,
  pass,
}: Pass): Promise<Tensors> {
  try {
    const fed = new Map([...inputs.at(pass), ...(batch?.tensors ?? [])]);
    return await evaluator.predict(fed, undefined, undefined, pass);
  } finally {
    batch?.release();
  }
}
