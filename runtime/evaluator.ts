import type { Model } from '../compiler/compile.js';
import { invariant } from '../compiler/diagnostics.js';
import type { Variable } from '../compiler/ir/graph.js';
import { elementCount, type TensorType } from '../compiler/ir/types.js';
import { gradientNames } from '../compiler/lower.js';

import {
  type Assignment,
  type GraphSession,
  openGraphSession,
  openGraphSessionIn,
} from './graph-session.js';
import type { Feed, SessionThread, Tensor } from './session.js';

export { LayerFailure } from './graph-session.js';

/** A compiled model in a session of TensorFlow. Blobs are in Caffe's order of axes. */
export interface Evaluator {
  /** Gives every parameter the value of its filler. */
  initialize(): Promise<void>;
  /** Gives parameters their values, in parts, and then derives what depends on them. */
  assign(
    assignments: readonly Assignment[],
    progress?: (done: number, total: number) => void,
  ): Promise<void>;
  /**
   * One forward pass. `inputs` by the net's input blobs; `wanted` names outputs of the
   * compiled function (default: all of them). `replaced` feeds taps, by their top's name.
   * Random layers draw by the number of the pass, from 0 on (default: 0).
   */
  predict(
    inputs: ReadonlyMap<string, Tensor>,
    wanted?: readonly string[],
    replaced?: ReadonlyMap<string, Tensor>,
    pass?: number,
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

const wholeNumber = (value: number): Tensor => ({
  dtype: 'int32',
  shape: [],
  data: Int32Array.of(value),
});

class SessionEvaluator implements Evaluator {
  private readonly model: Model;
  private readonly session: GraphSession;

  constructor(model: Model, session: GraphSession) {
    this.model = model;
    this.session = session;
  }

  private async derive(): Promise<void> {
    if (this.session.has('derive')) await this.session.store('derive');
  }

  async initialize(): Promise<void> {
    await this.session.store('initialize');
    await this.derive();
  }

  async assign(
    assignments: readonly Assignment[],
    progress?: (done: number, total: number) => void,
  ): Promise<void> {
    await this.session.assign('assign', assignments, progress);
    await this.derive();
  }

  predict(
    inputs: ReadonlyMap<string, Tensor>,
    wanted?: readonly string[],
    replaced: ReadonlyMap<string, Tensor> = new Map(),
    pass = 0,
  ): Promise<ReadonlyMap<string, Tensor>> {
    const { taps, iteration } = this.model.savedModel.graph;
    const feeds = [...replaced].flatMap(([top, tensor]) => {
      const name = taps.get(top);
      // What no layer reads has none.
      return name === undefined ? [] : [{ name, tensor }];
    });
    const numbered: readonly Feed[] =
      iteration === undefined
        ? []
        : [{ name: iteration, tensor: wholeNumber(pass) }];
    return this.session.call('predict', inputs, {
      wanted,
      feeds: [...feeds, ...numbered],
    });
  }

  differentiate(
    inputs: ReadonlyMap<string, Tensor>,
    tops: ReadonlyMap<string, Tensor> = new Map(),
  ): Promise<ReadonlyMap<string, Tensor>> {
    const given = new Map([
      ...inputs,
      ...[...tops].map(
        ([blob, tensor]) => [gradientNames.top(blob), tensor] as const,
      ),
    ]);
    const fed = Array.from(
      this.session.functionOf('differentiate').inputs,
      ([name, { type }]) => [name, given.get(name) ?? zerosOf(type)] as const,
    );
    return this.session.call('differentiate', new Map(fed));
  }

  read(): Promise<ReadonlyMap<string, Tensor>> {
    return this.session.read('read');
  }

  async readVariables(
    variables: readonly Variable[],
  ): Promise<ReadonlyMap<Variable, Float32Array>> {
    const { readings } = this.model.savedModel.graph;
    const values = await this.session.fetchInParts(
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

  async save(prefix: string): Promise<void> {
    const { saver } = this.model.savedModel;
    if (saver === undefined) return;
    const tensor: Tensor = { dtype: 'string', shape: [], data: [prefix] };
    await this.session.run([{ name: saver.filename, tensor }], [saver.save]);
  }

  close(): Promise<void> {
    return this.session.close();
  }
}

/** Loads a model into a session of its own; its parameters have no values yet. */
export const openEvaluator = async (
  model: Model,
  environment: Readonly<Record<string, string>> = {},
): Promise<Evaluator> =>
  new SessionEvaluator(model, await openGraphSession(model, environment));

/** The same in a thread that is there already, beside other models. */
export const openEvaluatorIn = async (
  thread: SessionThread,
  model: Model,
): Promise<Evaluator> =>
  new SessionEvaluator(model, await openGraphSessionIn(thread, model));

/** The variables that hold parameters, in the order of the net. */
export const parametersOf = ({ graph }: Model): readonly Variable[] =>
  graph.variables.filter(({ source }) => source.kind === 'parameter');
