import { invariant } from '../diagnostics.js';
import {
  type ConstantTensor,
  type Graph,
  type GraphFunction,
  isOp,
  type Op,
  type Origin,
  type Value,
  type Variable,
} from '../ir/graph.js';
import type { Shape, TensorType } from '../ir/types.js';
import { tap } from '../ops/constant.js';
import { valuesInFedMemory } from './fed-memory.js';
import {
  attr,
  type AttrValue,
  dataTypes,
  type NodeDef,
  type NodeEmitter,
  type TensorProto,
  tensorShape,
} from './node-emitter.js';

/** Where the nodes are that check outputs; a call that fails there has stored nothing. */
export const finiteNode = 'finite';

/** The tensors through which a function is called. */
export interface EmittedFunction {
  readonly name: string;
  /** By the input's name: `node:0`. */
  readonly inputs: ReadonlyMap<string, EmittedTensor>;
  readonly outputs: ReadonlyMap<string, EmittedTensor>;
  /** Scalar that is true once all stores are done; undefined where there are none. */
  readonly done: string | undefined;
  /** The same for the store of one variable, by the variable's name. */
  readonly stored: ReadonlyMap<string, string>;
}

export interface EmittedTensor {
  readonly tensor: string;
  readonly type: TensorType;
}

export interface EmittedGraph {
  readonly nodes: readonly NodeDef[];
  readonly functions: readonly EmittedFunction[];
  /** VarHandleOp of each variable. */
  readonly handles: ReadonlyMap<Variable, string>;
  /** The tensor with the value of each variable that `predict` reads. */
  readonly readings: ReadonlyMap<Variable, string>;
  /** The tensor to feed in the place of an observed top. */
  readonly taps: ReadonlyMap<string, string>;
  /** The tensor to feed the number of the pass at; undefined where no layer draws by it. */
  readonly iteration: string | undefined;
  /** Where each node comes from, to say which layer failed at run time. */
  readonly origins: ReadonlyMap<string, Origin>;
}

/** TensorFlow's names: a letter, digit or dot first; then also _ / - > and backslash. */
export const nodeName = (text: string): string => {
  const safe = text.replace(/[^A-Za-z0-9_./\\-]/g, '_');
  return /^[A-Za-z0-9.]/.test(safe) ? safe : `_${safe}`.replace(/^_+/, 'n_');
};

const bytesOf = (data: Float32Array | Int32Array): Uint8Array =>
  new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

const tensorProto = ({ type, data }: ConstantTensor): TensorProto => ({
  dtype: dataTypes[type.dtype],
  tensorShape: tensorShape(type.shape),
  tensorContent: bytesOf(data),
});

/** Writes the NodeDefs of a graph; node names are unique, whatever the layers are called. */
export class GraphDefWriter {
  readonly nodes: NodeDef[] = [];
  readonly origins = new Map<string, Origin>();
  readonly handles = new Map<Variable, string>();
  readonly readings = new Map<Variable, string>();
  readonly taps = new Map<string, string>();
  private readonly taken = new Set<string>();
  /** The last number given behind a name: thousands of nodes may want the same. */
  private readonly counts = new Map<string, number>();
  private readonly constants = new Map<string, string>();
  private readonly unforeseenNodes = new Map<string, string>();
  private isInitializing = false;
  private iteration: string | undefined;
  private origin: Origin = { layer: '' };

  /** A name like `wanted` that no node has yet. */
  private unique(wanted: string): string {
    const base = nodeName(wanted);
    let count = this.counts.get(base) ?? 0;
    let name = base;
    while (this.taken.has(name)) name = `${base}_${++count}`;
    this.counts.set(base, count);
    this.taken.add(name);
    return name;
  }

  addNode(
    wanted: string,
    op: string,
    input: readonly string[],
    attributes: Readonly<Record<string, AttrValue>>,
  ): string {
    const name = this.unique(wanted);
    this.nodes.push({ name, op, input, attr: attributes });
    if (this.origin.layer !== '') this.origins.set(name, this.origin);
    return name;
  }

  constant(tensor: ConstantTensor): string {
    const small = tensor.data.length <= 16;
    const key = small
      ? `${tensor.type.dtype} ${tensor.type.shape.join('x')} ${Buffer.from(bytesOf(tensor.data)).toString('base64')}`
      : undefined;
    const known = key === undefined ? undefined : this.constants.get(key);
    if (known !== undefined) return known;
    const name = this.addNode('constant', 'Const', [], {
      dtype: attr.type(tensor.type.dtype),
      value: attr.tensor(tensorProto(tensor)),
    });
    if (key !== undefined) this.constants.set(key, name);
    return name;
  }

  integers(values: readonly number[], shape: Shape = [values.length]): string {
    return this.constant({
      type: { dtype: 'int32', shape },
      data: Int32Array.from(values),
    });
  }

  /**
   * In `initialize` a constant plus a 0 that TensorFlow cannot know ahead. It computes ahead
   * what follows from constants alone, and would hold the first values of all variables as
   * long as the session lives.
   */
  private unforeseen(constant: string, dtype: 'int32' | 'float32'): string {
    if (!this.isInitializing) return constant;
    const known = this.unforeseenNodes.get(constant);
    if (known !== undefined) return known;
    const name = this.addNode(
      `unforeseen/${constant}`,
      'AddV2',
      [constant, this.unforeseenZero(dtype)],
      { T: attr.type(dtype) },
    );
    this.unforeseenNodes.set(constant, name);
    return name;
  }

  /** Drawn from the whole numbers from 0 up to, but not, 1: an op with a state. */
  private unforeseenZero(dtype: 'int32' | 'float32'): string {
    const known = this.unforeseenNodes.get(dtype);
    if (known !== undefined) return known;
    const name =
      dtype === 'float32'
        ? this.addNode(
            'unforeseen/zero',
            'Cast',
            [this.unforeseenZero('int32')],
            { SrcT: attr.type('int32'), DstT: attr.type('float32') },
          )
        : this.addNode(
            'unforeseen/zero',
            'RandomUniformInt',
            [this.integers([]), this.integers([0], []), this.integers([1], [])],
            { T: attr.type('int32'), Tout: attr.type('int32') },
          );
    this.unforeseenNodes.set(dtype, name);
    return name;
  }

  declareVariable(variable: Variable): void {
    const name = this.addNode(`variables/${variable.name}`, 'VarHandleOp', [], {
      dtype: attr.type(variable.type.dtype),
      shape: attr.shape(variable.type.shape),
      container: attr.text(''),
      // Without a name of its own every handle would be the same variable.
      shared_name: attr.text(variable.name),
    });
    this.handles.set(variable, name);
  }

  handle(variable: Variable): string {
    const name = this.handles.get(variable);
    invariant(name !== undefined, `variable ${variable.name} is not declared`);
    return name;
  }

  private writeOp(
    op: Op,
    prefix: string,
    tensors: Map<Value, string>,
    reads: Map<Variable, string>,
    after: readonly string[],
  ): void {
    const tensorOf = (value: Value): string => {
      const tensor = tensors.get(value);
      invariant(tensor !== undefined, `${op.definition.name} reads nothing`);
      return tensor;
    };
    const emitter: NodeEmitter = {
      node: (tensorFlowOp, inputs, attributes, as) =>
        this.addNode(
          as ?? `${prefix}${op.origin.layer || 'graph'}/${tensorFlowOp}`,
          tensorFlowOp,
          inputs,
          attributes,
        ),
      tensor: tensorOf,
      constant: (tensor) =>
        tensor.type.dtype === 'float32'
          ? this.unforeseen(this.constant(tensor), 'float32')
          : this.constant(tensor),
      integers: (values, shape) => this.integers(values, shape),
      seed: (values) => this.unforeseen(this.integers(values), 'int32'),
      iteration: () => this.iterationNode(),
      readVariable: (variable) => {
        const known = reads.get(variable);
        if (known !== undefined) return known;
        const name = this.addNode(
          `${prefix}read/${variable.name}`,
          'ReadVariableOp',
          [this.handle(variable), ...after.map((node) => `^${node}`)],
          { dtype: attr.type(variable.type.dtype) },
        );
        reads.set(variable, name);
        if (prefix === '') this.readings.set(variable, `${name}:0`);
        return name;
      },
    };
    this.origin = op.origin;
    const names = op.definition.emit(op, emitter);
    this.origin = { layer: '' };
    if (isOp(op, tap)) this.taps.set(op.attributes.name, `${names[0] ?? ''}:0`);
    op.outputs.forEach((output, index) => {
      const name = names[index];
      invariant(name !== undefined, `${op.definition.name} lost an output`);
      tensors.set(output, name);
    });
  }

  /**
   * Writes a function. `after`: nodes that must have run before it reads a variable.
   * Stores wait for all that the function reads, so that it sees the state before the call.
   */
  writeFunction(
    subject: GraphFunction,
    prefix: string,
    after: readonly string[] = [],
  ): EmittedFunction {
    const tensors = new Map<Value, string>();
    const reads = new Map<Variable, string>();
    const inputs = new Map<string, EmittedTensor>();
    const ready =
      after.length === 0
        ? []
        : [
            this.addNode(
              `${prefix}ready`,
              'NoOp',
              after.map((node) => `^${node}`),
              {},
            ),
          ];
    for (const { name, value } of subject.inputs) {
      const node = this.addNode(`${prefix}${name}`, 'Placeholder', [], {
        dtype: attr.type(value.type.dtype),
        shape: attr.shape(value.type.shape),
      });
      tensors.set(value, node);
      inputs.set(name, { tensor: `${node}:0`, type: value.type });
    }
    this.isInitializing = subject.name === 'initialize';
    for (const op of subject.ops) {
      this.writeOp(op, prefix, tensors, reads, ready);
    }
    this.isInitializing = false;
    const tensorOf = (value: Value): string => {
      const tensor = tensors.get(value);
      invariant(tensor !== undefined, `${subject.name} returns nothing`);
      return tensor;
    };
    const outputs = new Map<string, EmittedTensor>();
    for (const { name, value } of subject.outputs) {
      const node = this.addNode(
        `${prefix}output/${name}`,
        'Identity',
        [tensorOf(value)],
        { T: attr.type(value.type.dtype) },
      );
      outputs.set(name, { tensor: `${node}:0`, type: value.type });
    }
    const barrier = [
      ...this.writeBarrier(subject, prefix, reads),
      ...this.writeChecks(subject, prefix, outputs),
    ];
    const stores: string[] = [];
    const stored = new Map<string, string>();
    const fed = valuesInFedMemory(subject);
    for (const { variable, value } of subject.stores) {
      const kept = fed.has(value)
        ? this.addNode(
            `${prefix}copy/${variable.name}`,
            'DeepCopy',
            [tensorOf(value)],
            { T: attr.type(value.type.dtype) },
          )
        : tensorOf(value);
      const assigned = this.addNode(
        `${prefix}store/${variable.name}`,
        'AssignVariableOp',
        [this.handle(variable), kept, ...barrier],
        {
          dtype: attr.type(variable.type.dtype),
          validate_shape: attr.bool(true),
        },
      );
      stores.push(assigned);
      stored.set(variable.name, this.writeDone(`${assigned}/done`, [assigned]));
    }
    const done =
      stores.length === 0
        ? undefined
        : this.writeDone(`${prefix}${subject.name}/done`, stores);
    return { name: subject.name, inputs, outputs, done, stored };
  }

  get iterationTensor(): string | undefined {
    return this.iteration && `${this.iteration}:0`;
  }

  private iterationNode(): string {
    this.iteration ??= this.addNode(
      'iteration',
      'PlaceholderWithDefault',
      [
        this.constant({
          type: { dtype: 'int32', shape: [] },
          data: Int32Array.of(0),
        }),
      ],
      { dtype: attr.type('int32'), shape: attr.shape([]) },
    );
    return this.iteration;
  }

  /** A node behind all readings of variables that the function also stores. */
  private writeBarrier(
    { stores }: GraphFunction,
    prefix: string,
    reads: ReadonlyMap<Variable, string>,
  ): readonly string[] {
    const nodes = stores.flatMap(({ variable }) => {
      const node = reads.get(variable);
      return node === undefined ? [] : [`^${node}`];
    });
    return nodes.length === 0
      ? []
      : [`^${this.addNode(`${prefix}all_read`, 'NoOp', nodes, {})}`];
  }

  /** Nodes that fail where an output that has to be finite is not. */
  private writeChecks(
    { name, finite = [] }: GraphFunction,
    prefix: string,
    outputs: ReadonlyMap<string, EmittedTensor>,
  ): readonly string[] {
    return finite.map((output) => {
      const found = outputs.get(output);
      invariant(found !== undefined, `${name} returns no '${output}'`);
      const node = this.addNode(
        `${prefix}${finiteNode}/${output}`,
        'CheckNumerics',
        [found.tensor.replace(/:0$/, '')],
        { T: attr.type(found.type.dtype), message: attr.text(output) },
      );
      return `^${node}`;
    });
  }

  /** A scalar that is 1 once the nodes have run: only what is fetched runs at all. */
  writeDone(wanted: string, nodes: readonly string[]): string {
    const one = this.constant({
      type: { dtype: 'int32', shape: [] },
      data: Int32Array.of(1),
    });
    const name = this.addNode(
      wanted,
      'Identity',
      [one, ...nodes.map((node) => `^${node}`)],
      { T: attr.type('int32') },
    );
    return `${name}:0`;
  }
}

/** The whole graph as NodeDefs. `predict` has no prefix: its nodes bear the layers' names. */
export function emitGraph(
  graph: Graph<'physical'>,
  writer = new GraphDefWriter(),
): EmittedGraph {
  for (const variable of graph.variables) writer.declareVariable(variable);
  const functions = graph.functions.map((subject) =>
    writer.writeFunction(
      subject,
      subject.name === 'predict' ? '' : `${subject.name}/`,
    ),
  );
  return {
    nodes: writer.nodes,
    functions,
    handles: writer.handles,
    readings: writer.readings,
    taps: writer.taps,
    iteration: writer.iterationTensor,
    origins: writer.origins,
  };
}
