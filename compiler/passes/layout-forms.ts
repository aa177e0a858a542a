import { invariant } from '../diagnostics.js';
import type { Builder } from '../ir/builder.js';
import { isOp, type Op, type Value } from '../ir/graph.js';
import { elementCount, type Shape } from '../ir/types.js';
import type { Uses } from '../ir/uses.js';
import { operand } from '../ops/operand.js';
import { broadcast } from '../ops/reductions.js';
import { permuteShape, reshape, transpose } from '../ops/shape-ops.js';

/** N, C, H, W -> N, H, W, C, and back. */
export const toChannelsLast = [0, 2, 3, 1];
export const toCaffe = [0, 3, 1, 2];
/** Where each of N, C, H, W went. */
export const axisOf = [0, 3, 1, 2];

/** O, I, H, W -> H, W, I, O */
export const filterOrder = [2, 3, 1, 0];
export const caffesFilterOrder = [3, 2, 0, 1];

/** Where each of O, I, H, W went. */
export const filterAxisOf = [3, 2, 0, 1];

/** What a value of the logical graph has become: one order of axes, or several. */
export interface Forms {
  caffe?: Value;
  channelsLast?: Value;
  /** H, W, I, O; only of what `FilterVariables` hold and of what is computed with it. */
  filter?: Value;
  /** Two axes: N, and H, W, C flattened in that order. */
  flattened?: { readonly value: Value; readonly image: Shape };
}

/** Whether reordering moves no element: at most one of the moved axes is longer than 1. */
const movesNothing = (
  shape: Shape,
  permutation: readonly number[],
): boolean => {
  const long = (size: number | undefined) => size !== 1;
  const before = shape.flatMap((size, axis) => (long(size) ? [axis] : []));
  const after = permutation.filter((axis) => long(shape[axis]));
  return before.join() === after.join();
};

export function reordered(
  builder: Builder,
  value: Value,
  permutation: readonly number[],
): Value {
  const { shape } = value.type;
  return movesNothing(shape, permutation)
    ? builder.apply(reshape, [value], {
        shape: permuteShape(shape, permutation),
      })
    : builder.apply(transpose, [value], { permutation });
}

/** The orders that an op on four axes may be computed in. */
export type Form = 'caffe' | 'channelsLast' | 'filter';

interface LayoutFormsOptions {
  readonly builder: Builder;
  readonly uses: Uses;
  readonly statics: ReadonlySet<Value>;
  /** Whether some variables hold filters in the order H, W, I, O. */
  readonly keepsFilters: boolean;
}

/** The values of the logical graph in the orders that are there, and in others on demand. */
export class LayoutForms {
  private readonly forms = new Map<Value, Forms>();
  private readonly builder: Builder;
  private readonly uses: Uses;
  private readonly statics: ReadonlySet<Value>;
  private readonly keepsFilters: boolean;

  constructor({ builder, uses, statics, keepsFilters }: LayoutFormsOptions) {
    this.builder = builder;
    this.uses = uses;
    this.statics = statics;
    this.keepsFilters = keepsFilters;
  }

  set(value: Value, forms: Forms): void {
    this.forms.set(value, forms);
  }

  of(value: Value): Forms {
    const forms = this.forms.get(value);
    invariant(forms !== undefined, 'a value is used before its definition');
    return forms;
  }

  inCaffesOrder(value: Value): Value {
    const forms = this.of(value);
    if (forms.caffe !== undefined) return forms.caffe;
    const { channelsLast, filter, flattened } = forms;
    if (filter !== undefined) {
      forms.caffe = reordered(this.builder, filter, caffesFilterOrder);
      return forms.caffe;
    }
    if (channelsLast !== undefined) {
      forms.caffe = reordered(this.builder, channelsLast, toCaffe);
      return forms.caffe;
    }
    invariant(flattened !== undefined, 'a value has no form');
    throw new RangeError('a flattened value is read by matMul alone');
  }

  channelsLast(value: Value): Value {
    const forms = this.of(value);
    if (forms.channelsLast !== undefined) return forms.channelsLast;
    forms.channelsLast =
      this.respread(value, toChannelsLast) ??
      reordered(this.builder, this.inCaffesOrder(value), toChannelsLast);
    return forms.channelsLast;
  }

  /** Few numbers that were repeated are reordered before: not all their copies. */
  private respread(
    value: Value,
    permutation: readonly number[],
  ): Value | undefined {
    const producer = this.uses.producer(value);
    if (!this.keepsFilters || !isOp(producer, broadcast)) {
      return undefined;
    }
    const x = operand(producer, 0);
    const few = this.inCaffesOrder(x);
    const isOne = elementCount(x.type.shape) === 1;
    if (!isOne && x.type.shape.length !== 4) return undefined;
    const input = isOne ? few : reordered(this.builder, few, permutation);
    const shape = permuteShape(value.type.shape, permutation);
    return this.builder.apply(broadcast, [input], { shape });
  }

  inFilterOrder(value: Value): Value {
    const forms = this.of(value);
    if (forms.filter !== undefined) return forms.filter;
    return (
      this.respread(value, filterOrder) ??
      reordered(this.builder, this.inCaffesOrder(value), filterOrder)
    );
  }

  /** An operand of fewer axes broadcasts from the right: give it all four before reordering. */
  broadcastOperand(value: Value, form: 'channelsLast' | 'filter'): Value {
    const { shape } = value.type;
    if (shape.length === 4) {
      return form === 'filter'
        ? this.inFilterOrder(value)
        : this.channelsLast(value);
    }
    const caffe = this.inCaffesOrder(value);
    if (elementCount(shape) === 1) return caffe;
    const image = [...new Array<number>(4 - shape.length).fill(1), ...shape];
    return reordered(
      this.builder,
      this.builder.apply(reshape, [caffe], { shape: image }),
      form === 'filter' ? filterOrder : toChannelsLast,
    );
  }

  /** The order in which an op on four axes is computed. */
  formOf(op: Op): Form {
    if (op.outputs.some(({ type }) => type.shape.length !== 4)) return 'caffe';
    if (op.inputs.some((input) => this.isChannelsLast(input))) {
      return 'channelsLast';
    }
    return op.inputs.some((input) => this.of(input).filter !== undefined)
      ? 'filter'
      : 'caffe';
  }

  isChannelsLast(value: Value): boolean {
    return (
      !this.statics.has(value) && this.of(value).channelsLast !== undefined
    );
  }
}
