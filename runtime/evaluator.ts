import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Model } from '../compiler/compile.js';
import { invariant } from '../compiler/diagnostics.js';
import {
  byteSize,
  type EmittedFunction,
  type EmittedTensor,
} from '../compiler/emit/graph-def.js';
import { isOp, type Origin, type Variable } from '../compiler/ir/graph.js';
import { elementCount, type TensorType } from '../compiler/ir/types.js';
import { gradientNames } from '../compiler/lower.js';
import { conv2d } from '../compiler/ops/convolution.js';
import type { FittedBlob } from '../compiler/weights/fit.js';

import { RuntimeFailure } from './runtime-failure.js';
import {
  type Feed,
  openSession,
  type Session,
  type SessionThread,
  type Tensor,
} from './session.js';

/** What one call feeds or fetches of parameters: TensorFlow holds it twice for a moment. */
const bytesOfOneCall = 32 << 20;

/** A compiled model in a session of TensorFlow. Blobs are in Caffe's order of axes. */
export interface Evaluator {
  /** Gives every parameter the value of its filler. */
  initialize(): Promise<void>;
  /** Gives parameters their values, in parts, and then derives what depends on them. */
  assign(
    assignments: readonly FittedBlob[],
    progress?: (done: number, total: number) => void,
  ): Promise<void>;
  /**
   * One forward pass. `inputs` by the net's input blobs; `wanted` names outputs of the
   * compiled function (default: all of them). `replaced` feeds taps, by their top's name.
   */
  predict(
    inputs: ReadonlyMap<string, Tensor>,
    wanted?: readonly string[],
    replaced?: ReadonlyMap<string, Tensor>,
  ): Promise<ReadonlyMap<string, Tensor>>;
  /**
   * One forward and one backward pass; `tops` are the gradients of the outputs that are no
   * loss, by blob (default: 0). Gives the outputs and what `gradientNames` lists.
   */
  differentiate(
    inputs: ReadonlyMap<string, Tensor>,
    tops?: ReadonlyMap<string, Tensor>,
  ): Promise<ReadonlyMap<string, Tensor>>;
  /** Every parameter, by the name of its variable. */
  read(): Promise<ReadonlyMap<string, Tensor>>;
  /** The present values of variables, in the order of axes that they have in the graph. */
  readVariables(
    variables: readonly Variable[],
  ): Promise<ReadonlyMap<Variable, Float32Array>>;
  /** Writes `<prefix>.index` and its data with TensorFlow's own SaveV2. */
  save(prefix: string): Promise<void>;
  close(): Promise<void>;
}

const zerosOf = ({ shape }: TensorType): Tensor => ({
  dtype: 'float32',
  shape,
  data: new Float32Array(elementCount(shape)),
});

/** What a failed run says beyond TensorFlow's words: the layer whose op it was. */
export class LayerFailure extends RuntimeFailure {
  readonly origin: Origin;

  constructor(failure: RuntimeFailure, origin: Origin) {
    super(failure.message, failure.nodeName, { cause: failure });
    this.origin = origin;
  }
}

/** What is fetched for its effect: moving averages and states are stored in the same call. */
const afterwards = ({ done }: EmittedFunction): readonly string[] =>
  done === undefined ? [] : [done];

class SessionEvaluator implements Evaluator {
  private readonly model: Model;
  private readonly session: Session;
  private readonly folder: string;

  constructor(model: Model, session: Session, folder: string) {
    this.model = model;
    this.session = session;
    this.folder = folder;
  }

  private get functions(): readonly EmittedFunction[] {
    return this.model.savedModel.graph.functions;
  }

  private functionOf(name: string): EmittedFunction {
    const found = this.functions.find((each) => each.name === name);
    invariant(found !== undefined, `the graph has no function ${name}`);
    return found;
  }

  private tensorOf(
    tensors: ReadonlyMap<string, EmittedTensor>,
    name: string,
  ): EmittedTensor {
    const tensor = tensors.get(name);
    invariant(tensor !== undefined, `the graph has no tensor for '${name}'`);
    return tensor;
  }

  private async run(
    feeds: readonly Feed[],
    fetches: readonly string[],
  ): Promise<readonly Tensor[]> {
    try {
      return await this.session.run(feeds, fetches);
    } catch (thrown) {
      if (!(thrown instanceof RuntimeFailure)) throw thrown;
      const origin = this.model.savedModel.graph.origins.get(
        thrown.nodeName ?? '',
      );
      throw origin === undefined ? thrown : new LayerFailure(thrown, origin);
    }
  }

  private async store(name: string): Promise<void> {
    const { done } = this.functionOf(name);
    if (done !== undefined) await this.run([], [done]);
  }

  private async derive(): Promise<void> {
    if (this.functions.some(({ name }) => name === 'derive')) {
      await this.store('derive');
    }
  }

  async initialize(): Promise<void> {
    await this.store('initialize');
    await this.derive();
  }

  async assign(
    assignments: readonly FittedBlob[],
    progress: (done: number, total: number) => void = () => undefined,
  ): Promise<void> {
    const assign = this.functionOf('assign');
    const total = assignments.reduce((sum, { blob }) => sum + blob.count, 0);
    let done = 0;
    let feeds: Feed[] = [];
    let fetches: string[] = [];
    let bytes = 0;
    const flush = async (): Promise<void> => {
      if (feeds.length > 0) await this.run(feeds, fetches);
      [feeds, fetches, bytes] = [[], [], 0];
      progress(done, total);
    };
    for (const { variable, blob } of assignments) {
      const input = this.tensorOf(assign.inputs, variable);
      const stored = assign.stored.get(variable);
      invariant(stored !== undefined, `${variable} is never stored`);
      const { shape } = input.type;
      feeds.push({
        name: input.tensor,
        tensor: { dtype: 'float32', shape, data: blob.read() },
        transfer: true,
      });
      fetches.push(stored);
      done += blob.count;
      bytes += 4 * blob.count;
      if (bytes >= bytesOfOneCall) await flush();
    }
    await flush();
    await this.derive();
  }

  async predict(
    inputs: ReadonlyMap<string, Tensor>,
    wanted?: readonly string[],
    replaced: ReadonlyMap<string, Tensor> = new Map(),
  ): Promise<ReadonlyMap<string, Tensor>> {
    const predict = this.functionOf('predict');
    const names = wanted ?? [...predict.outputs.keys()];
    const feeds = [
      ...[...inputs].map(([name, tensor]) => ({
        name: this.tensorOf(predict.inputs, name).tensor,
        tensor,
      })),
      ...[...replaced].flatMap(([name, tensor]) => {
        const tap = this.model.savedModel.graph.taps.get(name);
        // What no layer reads has none.
        return tap === undefined ? [] : [{ name: tap, tensor }];
      }),
    ];
    const results = await this.run(feeds, [
      ...names.map((name) => this.tensorOf(predict.outputs, name).tensor),
      ...afterwards(predict),
    ]);
    return new Map(
      names.map((name, index) => {
        const tensor = results[index];
        invariant(tensor !== undefined, `nothing came for '${name}'`);
        return [name, tensor];
      }),
    );
  }

  async differentiate(
    inputs: ReadonlyMap<string, Tensor>,
    tops: ReadonlyMap<string, Tensor> = new Map(),
  ): Promise<ReadonlyMap<string, Tensor>> {
    const differentiate = this.functionOf('differentiate');
    const given = new Map([
      ...inputs,
      ...[...tops].map(
        ([blob, tensor]) => [gradientNames.top(blob), tensor] as const,
      ),
    ]);
    const feeds = [...differentiate.inputs].map(
      ([name, { tensor, type }]): Feed => ({
        name: tensor,
        tensor: given.get(name) ?? zerosOf(type),
      }),
    );
    const outputs = [...differentiate.outputs];
    const results = await this.run(feeds, [
      ...outputs.map(([, { tensor }]) => tensor),
      ...afterwards(differentiate),
    ]);
    return new Map(
      outputs.map(([name], index) => {
        const tensor = results[index];
        invariant(tensor !== undefined, `nothing came for '${name}'`);
        return [name, tensor];
      }),
    );
  }

  async read(): Promise<ReadonlyMap<string, Tensor>> {
    const { outputs } = this.functionOf('read');
    return this.fetchInParts(
      [...outputs].map(([name, { tensor, type }]) => [name, tensor, type]),
    );
  }

  async readVariables(
    variables: readonly Variable[],
  ): Promise<ReadonlyMap<Variable, Float32Array>> {
    const { readings } = this.model.savedModel.graph;
    const values = await this.fetchInParts(
      variables.map((variable): [Variable, string, TensorType] => {
        const tensor = readings.get(variable);
        invariant(tensor !== undefined, `${variable.name} is never read`);
        return [variable, tensor, variable.type];
      }),
    );
    return new Map(
      Array.from(values, ([variable, { data }]) => [
        variable,
        data as Float32Array,
      ]),
    );
  }

  /** Fetches tensors by key, so many bytes in a call. */
  private async fetchInParts<Key>(
    wanted: readonly (readonly [Key, string, TensorType])[],
  ): Promise<ReadonlyMap<Key, Tensor>> {
    const values = new Map<Key, Tensor>();
    let part: (readonly [Key, string, TensorType])[] = [];
    let bytes = 0;
    const flush = async (): Promise<void> => {
      const tensors = await this.run(
        [],
        part.map(([, tensor]) => tensor),
      );
      part.forEach(([key, name], index) => {
        const tensor = tensors[index];
        invariant(tensor !== undefined, `nothing came for '${name}'`);
        values.set(key, tensor);
      });
      [part, bytes] = [[], 0];
    };
    for (const entry of wanted) {
      part.push(entry);
      bytes += byteSize(entry[2]);
      if (bytes >= bytesOfOneCall) await flush();
    }
    if (part.length > 0) await flush();
    return values;
  }

  async save(prefix: string): Promise<void> {
    const { saver } = this.model.savedModel;
    if (saver === undefined) return;
    const tensor: Tensor = { dtype: 'string', shape: [], data: [prefix] };
    await this.run([{ name: saver.filename, tensor }], [saver.save]);
  }

  async close(): Promise<void> {
    await this.session.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Writes the model into a folder that lives as long as its session. */
async function openIn(
  model: Model,
  open: (folder: string) => Promise<Session>,
): Promise<Evaluator> {
  const folder = await mkdtemp(join(tmpdir(), 'rancc-'));
  try {
    await writeFile(join(folder, 'saved_model.pb'), model.savedModel.bytes);
    return new SessionEvaluator(model, await open(folder), folder);
  } catch (thrown) {
    await rm(folder, { recursive: true, force: true });
    throw thrown;
  }
}

const hasGroupedConvolution = ({ graph }: Model): boolean =>
  graph.functions.some(({ ops }) =>
    ops.some((op) => isOp(op, conv2d) && op.attributes.groups > 1),
  );

/** Loads a model into a session of its own; its parameters have no values yet. */
export const openEvaluator = (
  model: Model,
  environment: Readonly<Record<string, string>> = {},
): Promise<Evaluator> =>
  openIn(model, (folder) =>
    openSession(folder, {
      environment,
      withoutGroups: !hasGroupedConvolution(model),
    }),
  );

/** The same in a thread that is there already, beside other models. */
export const openEvaluatorIn = (
  thread: SessionThread,
  model: Model,
): Promise<Evaluator> => openIn(model, (folder) => thread.load(folder));

/** The variables that hold parameters, in the order of the net. */
export const parametersOf = ({ graph }: Model): readonly Variable[] =>
  graph.variables.filter(({ source }) => source.kind === 'parameter');
