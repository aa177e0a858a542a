import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { invariant } from '../compiler/diagnostics.js';
import {
  type EmittedFunction,
  type EmittedTensor,
} from '../compiler/emit/graph-def.js';
import type { EmittedSavedModel } from '../compiler/emit/saved-model.js';
import { type Graph, isOp, type Origin } from '../compiler/ir/graph.js';
import { byteSize, type TensorType } from '../compiler/ir/types.js';
import { conv2d } from '../compiler/ops/convolution.js';

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

/** What a failed run says beyond TensorFlow's words: the layer whose op it was. */
export class LayerFailure extends RuntimeFailure {
  readonly origin: Origin;

  constructor(failure: RuntimeFailure, origin: Origin) {
    super(failure.message, failure.nodeName, { cause: failure });
    this.origin = origin;
  }
}

/** A value for a variable, read when its turn comes. */
export interface Assignment {
  readonly variable: string;
  readonly blob: { readonly count: number; read(): Float32Array };
}

/** What of a function's call is wanted beside the outputs. */
export interface CallOptions {
  /** Names of outputs; default: all of them. */
  readonly wanted?: readonly string[] | undefined;
  /** Feeds of tensors that are no inputs of the function. */
  readonly feeds?: readonly Feed[];
}

/** The functions of a compiled graph in a session of TensorFlow, called by their names. */
export class GraphSession {
  private readonly savedModel: EmittedSavedModel;
  private readonly session: Session;
  private readonly folder: string;

  constructor(savedModel: EmittedSavedModel, session: Session, folder: string) {
    this.savedModel = savedModel;
    this.session = session;
    this.folder = folder;
  }

  has(name: string): boolean {
    return this.savedModel.graph.functions.some((each) => each.name === name);
  }

  functionOf(name: string): EmittedFunction {
    const found = this.savedModel.graph.functions.find(
      (each) => each.name === name,
    );
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

  async run(
    feeds: readonly Feed[],
    fetches: readonly string[],
  ): Promise<readonly Tensor[]> {
    try {
      return await this.session.run(feeds, fetches);
    } catch (thrown) {
      if (!(thrown instanceof RuntimeFailure)) throw thrown;
      const origin = this.savedModel.graph.origins.get(thrown.nodeName ?? '');
      throw origin === undefined ? thrown : new LayerFailure(thrown, origin);
    }
  }

  /** Calls a function; what it stores is stored in the same call. Gives outputs by name. */
  async call(
    name: string,
    inputs: ReadonlyMap<string, Tensor>,
    { wanted, feeds = [] }: CallOptions = {},
  ): Promise<ReadonlyMap<string, Tensor>> {
    const called = this.functionOf(name);
    const names = wanted ?? [...called.outputs.keys()];
    const fed = Array.from(inputs, ([input, tensor]): Feed => {
      const { tensor: place } = this.tensorOf(called.inputs, input);
      return { name: place, tensor };
    });
    const results = await this.run(
      [...fed, ...feeds],
      [
        ...names.map((each) => this.tensorOf(called.outputs, each).tensor),
        ...(called.done === undefined ? [] : [called.done]),
      ],
    );
    return new Map(
      names.map((each, index) => {
        const tensor = results[index];
        invariant(tensor !== undefined, `nothing came for '${each}'`);
        return [each, tensor];
      }),
    );
  }

  /** Calls a function for what it stores. */
  async store(name: string): Promise<void> {
    const { done } = this.functionOf(name);
    if (done !== undefined) await this.run([], [done]);
  }

  /** Calls a function that stores what it is fed, in parts. */
  async assign(
    name: string,
    assignments: readonly Assignment[],
    progress: (done: number, total: number) => void = () => undefined,
  ): Promise<void> {
    const assign = this.functionOf(name);
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
  }

  /** The outputs of a function that reads variables, in parts. */
  async read(name: string): Promise<ReadonlyMap<string, Tensor>> {
    const { outputs } = this.functionOf(name);
    return this.fetchInParts(
      [...outputs].map(([output, { tensor, type }]) => [output, tensor, type]),
    );
  }

  /** Fetches tensors by key, so many bytes in a call. */
  async fetchInParts<Key>(
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

  async close(): Promise<void> {
    await this.session.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** What of a compiled model is opened. */
export interface Openable {
  readonly graph: Graph<'physical'>;
  readonly savedModel: EmittedSavedModel;
}

/** Writes the model into a folder that lives as long as its session. */
async function openIn(
  { savedModel }: Openable,
  open: (folder: string) => Promise<Session>,
): Promise<GraphSession> {
  const folder = await mkdtemp(join(tmpdir(), 'rancc-'));
  try {
    await writeFile(join(folder, 'saved_model.pb'), savedModel.bytes);
    return new GraphSession(savedModel, await open(folder), folder);
  } catch (thrown) {
    await rm(folder, { recursive: true, force: true });
    throw thrown;
  }
}

export const hasGroupedConvolution = ({ graph }: Openable): boolean =>
  graph.functions.some(({ ops }) =>
    ops.some((op) => isOp(op, conv2d) && op.attributes.groups > 1),
  );

/** Loads a model into a session of its own; its variables have no values yet. */
export const openGraphSession = (
  model: Openable,
  environment: Readonly<Record<string, string>> = {},
): Promise<GraphSession> =>
  openIn(model, (folder) =>
    openSession(folder, {
      environment,
      withoutGroups: !hasGroupedConvolution(model),
    }),
  );

/** The same in a thread that is there already, beside other models. */
export const openGraphSessionIn = (
  thread: SessionThread,
  model: Openable,
): Promise<GraphSession> => openIn(model, (folder) => thread.load(folder));
