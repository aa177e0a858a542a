import type { ConstantTensor, Value, Variable } from '../ir/graph.js';
import type { DType, Shape } from '../ir/types.js';

/** TensorFlow's DataType numbers (types.proto). */
export const dataTypes = {
  float32: 1,
  int32: 3,
  string: 7,
  int64: 9,
  bool: 10,
  bfloat16: 14,
  resource: 20,
} as const satisfies Record<DType | 'int64' | 'resource', number>;

/** TensorFlow's TensorShapeProto. */
export interface TensorShape {
  readonly dim: readonly { readonly size: number }[];
}

/** One of the members of TensorFlow's AttrValue. */
export type AttrValue =
  | { readonly s: Uint8Array }
  | { readonly i: number }
  | { readonly f: number }
  | { readonly b: boolean }
  | { readonly type: number }
  | { readonly shape: TensorShape }
  | { readonly tensor: TensorProto }
  | {
      readonly list: {
        readonly i?: readonly number[];
        readonly type?: readonly number[];
        readonly s?: readonly Uint8Array[];
      };
    };

export interface TensorProto {
  readonly dtype: number;
  readonly tensorShape: TensorShape;
  readonly tensorContent?: Uint8Array;
  readonly stringVal?: readonly Uint8Array[];
}

export interface NodeDef {
  readonly name: string;
  readonly op: string;
  readonly input: readonly string[];
  readonly attr: Readonly<Record<string, AttrValue>>;
}

/** Writes the values of attributes. */
export const attr = {
  type: (dtype: DType | 'int64'): AttrValue => ({ type: dataTypes[dtype] }),
  types: (dtypes: readonly DType[]): AttrValue => ({
    list: { type: dtypes.map((dtype) => dataTypes[dtype]) },
  }),
  int: (i: number): AttrValue => ({ i }),
  ints: (i: readonly number[]): AttrValue => ({ list: { i } }),
  float: (f: number): AttrValue => ({ f }),
  bool: (b: boolean): AttrValue => ({ b }),
  text: (s: string): AttrValue => ({ s: Buffer.from(s, 'utf8') }),
  shape: (shape: Shape): AttrValue => ({ shape: tensorShape(shape) }),
  tensor: (tensor: TensorProto): AttrValue => ({ tensor }),
} as const;

export const tensorShape = (shape: Shape): TensorShape => ({
  dim: shape.map((size) => ({ size })),
});

/** What an op's `emit` writes NodeDefs with. */
export interface NodeEmitter {
  /**
   * Adds a node; its name is made of the op's layer and `as` (default: the TensorFlow op),
   * unique in the graph. Returns the name, which is also the name of its first output.
   */
  node(
    tensorFlowOp: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, AttrValue>>,
    as?: string,
  ): string;
  /** The tensor name of an operand. */
  tensor(value: Value): string;
  /** A Const node; equal small ones are made once. */
  constant(tensor: ConstantTensor): string;
  /** A Const node of 32-bit integers: a shape, a permutation, axes. */
  integers(values: readonly number[], shape?: Shape): string;
  /** The key of random numbers; in `initialize` TensorFlow does not draw them ahead. */
  seed(values: readonly number[]): string;
  /** The node with the number of the iteration, one for the whole graph. */
  iteration(): string;
  /** The ReadVariableOp of this function for the variable. */
  readVariable(variable: Variable): string;
}
