import type { SolverModel } from '../../compiler/compile-solver.js';
import { invariant } from '../../compiler/diagnostics.js';
import { stepNames } from '../../compiler/lower/lower-solver.js';
import type { Net } from '../../compiler/net/net.js';
import {
  adamCorrection,
  updateRules,
} from '../../compiler/solver/update-rules.js';

import {
  type Assignment,
  type GraphSession,
  openGraphSession,
  openGraphSessionIn,
} from '../graph-session.js';
import type { SessionThread } from '../session.js';
import type { Feed, Tensor } from '../tensor.js';
import { debugFacts } from './debug-facts.js';
import { trainingDefaults } from './environment.js';
import type { DebugFact } from './training-event.js';

/** What one pass of a net came to. */
export interface PassResult {
  /** The sum of the net's losses, each times its weight. */
  readonly loss: number;
  /** The net's outputs, by blob. */
  readonly outputs: ReadonlyMap<string, Tensor>;
  /** What `debug_info` tells of it, where that was asked for. */
  readonly debug?: readonly DebugFact[];
}

export interface StepResult extends PassResult {
  /**
   * The L2 norm of all gradients, summed over the passes of the iteration, before clipping;
   * undefined where the solver does not clip.
   */
  readonly gradientNorm: number | undefined;
}

/** What a pass of the train net takes beside its inputs. */
export interface PassOptions {
  /** From 0 on, through all iterations and their passes: random layers draw by it. */
  readonly pass: number;
  /** Tells what `debug_info` shows; only of a solver that has it. */
  readonly debug?: boolean;
}

export interface StepOptions extends PassOptions {
  /** The iteration, counted from 0. */
  readonly iteration: number;
  readonly rate: number;
}

/**
 * A solver and its nets in a session of TensorFlow: parameters, history and statistics stay
 * in it. Tensors are in Caffe's order of axes; inputs are by top of the net's data layers.
 * Calls are answered one after another. A failure names the layer (`LayerFailure`).
 */
export interface SolverSession {
  /** Fillers' values for every parameter; zeros for history and sums. Comes before all else. */
  initialize(): Promise<void>;
  /** Gives parameters their values, by the name of the variable. */
  assign(
    assignments: readonly Assignment[],
    progress?: (done: number, total: number) => void,
  ): Promise<void>;
  /** A pass of an iteration that is not its last one: its gradients are summed up. */
  accumulate(
    inputs: ReadonlyMap<string, Tensor>,
    options: PassOptions,
  ): Promise<PassResult>;
  /** The last (or only) pass of an iteration, and the update. */
  step(
    inputs: ReadonlyMap<string, Tensor>,
    options: StepOptions,
  ): Promise<StepResult>;
  /** A forward pass of the train net without an update; moving statistics move. */
  forward(
    inputs: ReadonlyMap<string, Tensor>,
    options: PassOptions,
  ): Promise<PassResult>;
  /** A forward pass of test net number `index`. */
  test(
    index: number,
    inputs: ReadonlyMap<string, Tensor>,
    options?: Partial<PassOptions>,
  ): Promise<PassResult>;
  /**
   * The gradients of one pass in Caffe's shapes, by variable; nothing is changed. Only where
   * the model was compiled with `gradients`.
   */
  gradients(
    inputs: ReadonlyMap<string, Tensor>,
    options: PassOptions,
  ): Promise<ReadonlyMap<string, Tensor>>;
  /** Every parameter in Caffe's shape, by variable (`SolverModel.parameters`). */
  read(): Promise<ReadonlyMap<string, Tensor>>;
  /** What the rule remembers, in Caffe's shapes, by variable (`SolverModel.history`). */
  readHistory(): Promise<ReadonlyMap<string, Tensor>>;
  /** Gives history its values, from a snapshot. */
  assignHistory(history: ReadonlyMap<string, Float32Array>): Promise<void>;
  /** What layers keep from pass to pass, by variable; empty where none does. */
  readLayerStates(): Promise<ReadonlyMap<string, Tensor>>;
  /** Gives layers what they kept, from a snapshot. */
  assignLayerStates(states: ReadonlyMap<string, Float32Array>): Promise<void>;
  /** The last update of each parameter, by the parameter's variable (`snapshot_diff`). */
  readUpdates(): Promise<ReadonlyMap<string, Tensor>>;
  close(): Promise<void>;
}

class ModelSession implements SolverSession {
  private readonly model: SolverModel;
  private readonly session: GraphSession;

  constructor(model: SolverModel, session: GraphSession) {
    this.model = model;
    this.session = session;
  }

  initialize(): Promise<void> {
    return this.session.store('initialize');
  }

  assign(
    assignments: readonly Assignment[],
    progress?: (done: number, total: number) => void,
  ): Promise<void> {
    return this.session.assign('assign', assignments, progress);
  }

  /** What random layers draw by. */
  private feedsOf({ pass }: PassOptions): readonly Feed[] {
    const { iteration } = this.model.savedModel.graph;
    if (iteration === undefined) return [];
    const tensor: Tensor = {
      dtype: 'int32',
      shape: [],
      data: Int32Array.of(pass),
    };
    return [{ name: iteration, tensor }];
  }

  private pass(
    name: string,
    inputs: ReadonlyMap<string, Tensor>,
    options: PassOptions,
  ): Promise<ReadonlyMap<string, Tensor>> {
    const feeds = this.feedsOf(options);
    return this.session.call(name, inputs, {
      feeds,
      wanted: this.wantedOf(name, options),
    });
  }

  /** What only `debug_info` shows is computed only when it is asked for. */
  private wantedOf(
    name: string,
    { debug = false }: Pick<PassOptions, 'debug'>,
  ): readonly string[] {
    const outputs = [...this.session.functionOf(name).outputs.keys()];
    return debug
      ? outputs
      : outputs.filter((output) => !stepNames.isDebug(output));
  }

  async accumulate(
    inputs: ReadonlyMap<string, Tensor>,
    options: PassOptions,
  ): Promise<PassResult> {
    return resultOf(
      this.model.train,
      await this.pass('accumulate', inputs, options),
    );
  }

  async step(
    inputs: ReadonlyMap<string, Tensor>,
    options: StepOptions,
  ): Promise<StepResult> {
    const { settings } = this.model;
    const { rate, iteration } = options;
    const scalars = [
      [stepNames.rate, rate],
      ...(updateRules[settings.type].corrects
        ? [[stepNames.correction, adamCorrection(settings, iteration)] as const]
        : []),
    ] as const;
    const outputs = await this.pass(
      'train_step',
      new Map([
        ...inputs,
        ...scalars.map(([name, value]) => [name, scalarOf(value)] as const),
      ]),
      options,
    );
    return {
      ...resultOf(this.model.train, outputs),
      gradientNorm: numberIn(outputs.get(stepNames.norm)),
    };
  }

  async forward(
    inputs: ReadonlyMap<string, Tensor>,
    options: PassOptions,
  ): Promise<PassResult> {
    return resultOf(
      this.model.train,
      await this.pass('forward', inputs, options),
    );
  }

  async test(
    index: number,
    inputs: ReadonlyMap<string, Tensor>,
    { pass = 0, debug = false }: Partial<PassOptions> = {},
  ): Promise<PassResult> {
    const net = this.model.tests[index];
    invariant(net !== undefined, `there is no test net ${index}`);
    const name = stepNames.test(index);
    return resultOf(net, await this.pass(name, inputs, { pass, debug }));
  }

  async gradients(
    inputs: ReadonlyMap<string, Tensor>,
    options: PassOptions,
  ): Promise<ReadonlyMap<string, Tensor>> {
    const outputs = await this.pass('gradients', inputs, options);
    return new Map(
      this.model.parameters.flatMap(({ variable }) => {
        const gradient = outputs.get(stepNames.gradient(variable));
        return gradient === undefined ? [] : [[variable, gradient] as const];
      }),
    );
  }

  read(): Promise<ReadonlyMap<string, Tensor>> {
    return this.session.read('read');
  }

  readHistory(): Promise<ReadonlyMap<string, Tensor>> {
    return this.session.read('read_state');
  }

  assignHistory(history: ReadonlyMap<string, Float32Array>): Promise<void> {
    return this.session.assign('assign_state', assignmentsOf(history));
  }

  async readLayerStates(): Promise<ReadonlyMap<string, Tensor>> {
    return this.session.has('read_layer_states')
      ? await this.session.read('read_layer_states')
      : new Map();
  }

  async assignLayerStates(
    states: ReadonlyMap<string, Float32Array>,
  ): Promise<void> {
    if (states.size > 0)
      await this.session.assign('assign_layer_states', assignmentsOf(states));
  }

  async readUpdates(): Promise<ReadonlyMap<string, Tensor>> {
    if (!this.session.has('read_updates')) return new Map();
    const updates = await this.session.read('read_updates');
    return new Map(
      this.model.parameters.flatMap(({ variable, update = '' }) => {
        const tensor = updates.get(update);
        return tensor === undefined ? [] : [[variable, tensor] as const];
      }),
    );
  }

  close(): Promise<void> {
    return this.session.close();
  }
}

const assignmentsOf = (
  values: ReadonlyMap<string, Float32Array>,
): readonly Assignment[] =>
  Array.from(values, ([variable, numbers]) => ({
    variable,
    // A copy: what is fed may be moved to the session's thread.
    blob: { count: numbers.length, read: () => numbers.slice() },
  }));

const scalarOf = (value: number): Tensor => ({
  dtype: 'float32',
  shape: [],
  data: Float32Array.of(value),
});

const numberIn = (tensor: Tensor | undefined): number | undefined => {
  const first = tensor?.data[0];
  return typeof first === 'number' ? first : undefined;
};

/** The loss apart from the outputs; 0 for a net that has none, as in Caffe. */
function resultOf(net: Net, outputs: ReadonlyMap<string, Tensor>): PassResult {
  const isBlob = (name: string): boolean =>
    name !== stepNames.loss &&
    name !== stepNames.norm &&
    !stepNames.isDebug(name);
  const debug = [...outputs.keys()].some(stepNames.isDebug)
    ? { debug: debugFacts(net, outputs) }
    : {};
  return {
    loss: numberIn(outputs.get(stepNames.loss)) ?? 0,
    outputs: new Map([...outputs].filter(([name]) => isBlob(name))),
    ...debug,
  };
}

/**
 * Loads a compiled solver into a session of its own; its variables have no values yet.
 * `environment` counts before what the user has set, and that before `trainingDefaults`.
 */
export const openSolverSession = async (
  model: SolverModel,
  environment: Readonly<Record<string, string>> = {},
): Promise<SolverSession> =>
  new ModelSession(
    model,
    await openGraphSession(model, {
      ...trainingDefaults(model),
      ...environment,
    }),
  );

/** The same in a thread that is there already. */
export const openSolverSessionIn = async (
  thread: SessionThread,
  model: SolverModel,
): Promise<SolverSession> =>
  new ModelSession(model, await openGraphSessionIn(thread, model));
