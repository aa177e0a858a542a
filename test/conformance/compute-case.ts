import type { Model } from '../../compiler/compile.js';
import { gradientNames } from '../../compiler/lower.js';
import type { Pipeline } from '../../compiler/passes/index.js';
import { fitWeights } from '../../compiler/weights/fit.js';
import type { WeightFile } from '../../compiler/weights/weight-file.js';

import { type Evaluator, openEvaluatorIn } from '../../runtime/evaluator.js';
import type { SessionThread, Tensor } from '../../runtime/session.js';

import { compileCase } from './compile-case.js';
import {
  type CaseBlob,
  caseBlob,
  type CaseBlobs,
  type CaseFile,
  type CaseNumber,
  type CaseParameters,
  type LayerCase,
  valuesOf,
} from './layer-case.js';

/** What a case comes to, in the form of the case itself. */
export interface Computed {
  readonly layers: readonly string[];
  readonly outputs: CaseBlobs;
  readonly blobs: CaseBlobs;
  /** As the fillers made them. */
  readonly filled: CaseParameters;
  readonly params_after: CaseParameters;
  readonly loss: CaseNumber | undefined;
  readonly input_diffs: CaseBlobs;
  readonly param_diffs: CaseParameters;
}

/** The parameters of a case as `run` would read them from a file. */
export const weightFile = (parameters: CaseParameters): WeightFile => ({
  path: 'params_before',
  name: '',
  format: 'case',
  layers: Object.entries(parameters).map(([name, blobs]) => ({
    name,
    type: '',
    blobs: blobs.map((blob) => ({
      shape: blob.shape,
      storedAs: 'shape',
      count: blob.data.length,
      read: () => valuesOf(blob),
    })),
  })),
});

const blobsOf = (tensors: ReadonlyMap<string, Tensor>): CaseBlobs =>
  Object.fromEntries(
    Array.from(tensors, ([name, { shape, data }]) => [
      name,
      caseBlob(shape, data as Float32Array),
    ]),
  );

/** Every layer's parameters; shared ones stand under each of their layers. */
async function readParameters(
  model: Model,
  evaluator: Evaluator,
): Promise<CaseParameters> {
  const read = await evaluator.read();
  return Object.fromEntries(
    model.net.layers
      .filter(({ parameters }) => parameters.length > 0)
      .map(({ name, parameters }) => [
        name,
        parameters.map((parameter) => {
          const { variable } = parameter.owner ?? parameter;
          const data = read.get(variable)?.data ?? [];
          return caseBlob(parameter.spec.shape, data as Float32Array);
        }),
      ]),
  );
}

const tensorsOf = (blobs: CaseBlobs): ReadonlyMap<string, Tensor> =>
  new Map(
    Object.entries(blobs).map(([name, blob]) => [
      name,
      { dtype: 'float32', shape: blob.shape, data: valuesOf(blob) },
    ]),
  );

const inputsOf = ({ inputs = {} }: LayerCase): ReadonlyMap<string, Tensor> =>
  tensorsOf(inputs);

/** Layers whose parameters the case gives; the others keep what the fillers made. */
const givenParameters = (content: LayerCase): CaseParameters =>
  Object.fromEntries(
    Object.entries(content.params_before ?? {}).filter(
      ([layer]) => !content.params_from_filler?.includes(layer),
    ),
  );

interface Forward {
  readonly results: CaseBlobs;
  readonly filled: CaseParameters;
  readonly after: CaseParameters;
  readonly backward: Backward;
}

type Backward = Pick<Computed, 'loss' | 'input_diffs' | 'param_diffs'>;

const noBackward: Backward = {
  loss: undefined,
  input_diffs: {},
  param_diffs: {},
};

/** The gradients and the loss among what `differentiate` gives. */
function backwardOf(
  model: Model,
  results: ReadonlyMap<string, Tensor>,
): Backward {
  const blobOf = (name: string, shape?: readonly number[]): CaseBlob => {
    const tensor = results.get(name);
    return caseBlob(
      shape ?? tensor?.shape ?? [],
      (tensor?.data ?? []) as Float32Array,
    );
  };
  const [loss] = blobOf(gradientNames.loss).data;
  const { inputs, layers } = model.net;
  return {
    loss,
    input_diffs: Object.fromEntries(
      inputs.map(({ name }) => [name, blobOf(gradientNames.input(name))]),
    ),
    param_diffs: Object.fromEntries(
      layers
        .filter(({ parameters }) => parameters.length > 0)
        .map(({ name, parameters }) => [
          name,
          parameters.map((parameter) => {
            const { variable } = parameter.owner ?? parameter;
            return blobOf(
              gradientNames.parameter(variable),
              parameter.spec.shape,
            );
          }),
        ]),
    ),
  };
}

/** Fills, assigns, runs all passes and reads the parameters again. */
async function forward(
  thread: SessionThread,
  model: Model,
  content: LayerCase,
): Promise<Forward> {
  const evaluator = await openEvaluatorIn(thread, model);
  try {
    await evaluator.initialize();
    const filled = await readParameters(model, evaluator);
    const fitted = fitWeights(model.net, [
      weightFile(givenParameters(content)),
    ]);
    const [misfit] = fitted.diagnostics.filter(
      ({ severity }) => severity === 'error',
    );
    if (misfit !== undefined) throw new Error(misfit.message);
    await evaluator.assign(fitted.blobs);
    const inputs = inputsOf(content);
    let results = new Map<string, Tensor>() as ReadonlyMap<string, Tensor>;
    // Cases about fillers and refusals have no inputs: nothing can run.
    const canRun = model.net.inputs.every(({ name }) => inputs.has(name));
    const passes = canRun ? (content.passes ?? 1) : 0;
    const isDifferentiated =
      model.savedModel.signatures.includes('differentiate');
    for (let pass = 0; pass < passes; pass++) {
      results =
        isDifferentiated && pass === passes - 1
          ? await evaluator.differentiate(
              inputs,
              tensorsOf(content.top_diffs ?? {}),
            )
          : await evaluator.predict(inputs);
    }
    const after = await readParameters(model, evaluator);
    const outputs = new Set(
      model.savedModel.graph.functions
        .find(({ name }) => name === 'predict')
        ?.outputs.keys(),
    );
    const computed = [...results].filter(([name]) => outputs.has(name));
    return {
      results: blobsOf(new Map(computed)),
      filled,
      after,
      backward:
        isDifferentiated && passes > 0
          ? backwardOf(model, results)
          : noBackward,
    };
  } finally {
    await evaluator.close();
  }
}

/** Runs a case whose net `model` is; inner blobs are computed by a graph that returns them. */
export async function computeCase(
  thread: SessionThread,
  model: Model,
  file: CaseFile,
  pipeline: Pipeline,
  withInnerBlobs: boolean,
): Promise<Computed> {
  const { results, filled, after, backward } = await forward(
    thread,
    model,
    file.content,
  );
  const inner = withInnerBlobs
    ? compileCase(file, pipeline, 'inner').model
    : undefined;
  return {
    layers: model.net.layers.map(({ name }) => name),
    outputs: results,
    blobs:
      inner === undefined || inner.graph.functions.length === 0
        ? {}
        : (await forward(thread, inner, file.content)).results,
    filled,
    params_after: after,
    ...backward,
  };
}
