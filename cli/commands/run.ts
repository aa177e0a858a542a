import { compile, type Model } from '../../compiler/compile.js';
import {
  type Diagnostic,
  diagnostic,
  isError,
} from '../../compiler/diagnostics.js';
import { sameShape } from '../../compiler/ir/types.js';
import type { Observed } from '../../compiler/lower.js';
import { finalBlob, type Net } from '../../compiler/net/net.js';
import { didYouMean } from '../../compiler/suggestion.js';
import type { FittedWeights } from '../../compiler/weights/fit.js';

import { readNpy } from '../../runtime/arrays/npy.js';
import { openEvaluator } from '../../runtime/evaluator.js';
import type { Tensor } from '../../runtime/tensor.js';

import { type Emit, type Outcome, runStage } from '../events.js';
import { readBytes, readSource, requireFile } from '../files.js';
import type { NetFlags, OutputFlags } from '../flags.js';
import { strayShapes } from '../input-shapes.js';
import { outputWriter } from '../output-files.js';
import { readOptionsOf } from '../read-options.js';
import { runJson, type RunReport, runView } from '../report/run.js';
import { useScratch } from '../scratch.js';
import { openWeights } from '../weight-files.js';

export interface RunFlags extends NetFlags, OutputFlags {
  readonly weights?: readonly string[];
  readonly input: ReadonlyMap<string, string>;
  readonly blob: readonly string[];
  readonly iterations: number;
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
  const wanted = new Set(flags.blob);
  const { model, diagnostics } = await runStage(emit, `compiling ${path}`, () =>
    compile(source, {
      ...options,
      observed: (net) => observedBlobs(net, wanted),
    }),
  );
  emit({ kind: 'diagnostics', diagnostics });
  if (model === undefined) return 'refused';
  const inputs = readInputs(model.net, flags.input);
  const fitted = opened.fit(model.net);
  const mistakes = [
    ...unknownBlobs(model.net, wanted),
    ...strayShapes(model.net, options),
    ...inputs.diagnostics,
    // Without any file all layers are missing in it, which says nothing new.
    ...(opened.paths.length === 0 ? [] : fitted.diagnostics),
  ];
  emit({ kind: 'diagnostics', diagnostics: mistakes });
  if (mistakes.some(isError)) return 'refused';

  const { iterations, milliseconds } = await forwardPasses(
    { model, fitted, inputs: inputs.tensors, flags },
    emit,
  );
  opened.close();
  const files = await writeOutputs(model.net.name, iterations);
  const report: RunReport = {
    net: model.net.name,
    passes: flags.iterations,
    iterations,
    files,
    hasWeights: opened.paths.length > 0,
    milliseconds,
  };
  emit({
    kind: 'result',
    document: () => runJson(report),
    view: () => runView(report),
  });
  return 'done';
}

function observedBlobs(net: Net, wanted: ReadonlySet<string>): Observed {
  if (wanted.size === 0) return { kind: 'blobs', blobs: net.outputs };
  const blobs = [...wanted].flatMap((name) => finalBlob(net, name) ?? []);
  return { kind: 'blobs', blobs };
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

interface Inputs {
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly diagnostics: readonly Diagnostic[];
}

/** The arrays for the net's inputs, each of the shape that the net has there. */
function readInputs(net: Net, files: ReadonlyMap<string, string>): Inputs {
  const tensors = new Map<string, Tensor>();
  const diagnostics: Diagnostic[] = [];
  const names = net.inputs.map(({ name }) => name);
  for (const input of files.keys()) {
    if (names.includes(input)) continue;
    const notes = didYouMean(input, names);
    diagnostics.push(diagnostic('run/unknown-input', { input }, { notes }));
  }
  for (const { name: input, shape = [], span } of net.inputs) {
    const file = files.get(input);
    if (file === undefined) {
      const notes = [{ message: `give them with --input ${input}=FILE.npy` }];
      diagnostics.push(
        diagnostic('run/missing-input', { input, shape }, { span, notes }),
      );
      continue;
    }
    const read = readNpy(file, readBytes(file));
    diagnostics.push(...read.diagnostics);
    if (read.value === undefined) continue;
    const found = read.value.shape;
    if (!sameShape(found, shape)) {
      const message = `--input-shape ${input}=${found.join(',')} sets the net to it`;
      diagnostics.push(
        diagnostic(
          'run/input-shape',
          { input, file, found, shape },
          { span, notes: [{ message }] },
        ),
      );
    }
    tensors.set(input, { dtype: 'float32', ...read.value });
  }
  return { tensors, diagnostics };
}

interface ForwardRequest {
  readonly model: Model;
  readonly fitted: FittedWeights;
  readonly inputs: ReadonlyMap<string, Tensor>;
  readonly flags: RunFlags;
}

interface ForwardPasses {
  /** Those that are shown: without `--json` the last one. */
  readonly iterations: readonly ReadonlyMap<string, Tensor>[];
  /** Of all passes together. */
  readonly milliseconds: number;
}

async function forwardPasses(
  { model, fitted, inputs, flags }: ForwardRequest,
  emit: Emit,
): Promise<ForwardPasses> {
  useScratch();
  const evaluator = await runStage(emit, 'starting TensorFlow', () =>
    openEvaluator(model),
  );
  try {
    if (fitted.missing.length > 0) await evaluator.initialize();
    await runStage(emit, 'assigning weights', (progress) =>
      evaluator.assign(fitted.blobs, progress),
    );
    const iterations: ReadonlyMap<string, Tensor>[] = [];
    const start = performance.now();
    await runStage(emit, 'running', async (progress) => {
      for (let done = 0; done < flags.iterations; done++) {
        progress(done, flags.iterations);
        const outputs = await evaluator.predict(inputs);
        if (!flags.json) iterations.length = 0;
        iterations.push(outputs);
      }
    });
    return { iterations, milliseconds: performance.now() - start };
  } finally {
    await evaluator.close();
  }
}
