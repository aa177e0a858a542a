import type { Builder } from '../ir/builder.js';
import { type GraphFunction, isOp, type Op, type Value } from '../ir/graph.js';
import { type Lookup, rewriteFunction } from '../ir/rewrite.js';
import { type Uses, usesOf } from '../ir/uses.js';
import { pad } from '../ops/axis-ops.js';
import { batchMatMul } from '../ops/batch-mat-mul.js';
import { fromBfloat16, toBfloat16 } from '../ops/cast.js';
import {
  conv2d,
  conv2dFilterGradient,
  conv2dImageGradient,
} from '../ops/convolution.js';
import { none, relu } from '../ops/elementwise.js';
import { matMul } from '../ops/mat-mul.js';
import { reshape, transpose } from '../ops/shape-ops.js';
import {
  conv3d,
  conv3dFilterGradient,
  conv3dVolumeGradient,
} from '../ops/volume-convolution.js';
import { onEveryCall, type Pass } from './pass.js';

const name = 'compute-in-bfloat16';

/** What the kernels that a graph is for do with bfloat16. */
export interface Bfloat16Kernels {
  /**
   * Whether all of them sum in float32. TensorFlow's own kernels for processors do so in
   * forward convolutions and products of matrices alone: the gradients of convolutions, and
   * convolutions of volumes, they sum in bfloat16, where 256 + 1 is 256; on random numbers
   * they err ten times as much. Those of GPUs sum in float32 everywhere, and so do oneDNN's,
   * which need AVX-512 or AVX-NE-CONVERT.
   */
  readonly sumInFloat32: boolean;
}

const isConvolutionGradient = (op: Op): boolean =>
  (isOp(op, conv2dImageGradient) || isOp(op, conv2dFilterGradient)) &&
  // Those of one channel in each group have kernels of their own.
  op.attributes.groups === 1;

const isProduct = (op: Op, { sumInFloat32 }: Bfloat16Kernels): boolean =>
  isOp(op, conv2d) ||
  isOp(op, matMul) ||
  isOp(op, batchMatMul) ||
  (sumInFloat32 &&
    (isConvolutionGradient(op) ||
      isOp(op, conv3d) ||
      isOp(op, conv3dVolumeGradient) ||
      isOp(op, conv3dFilterGradient)));

/** Gives numbers of 8 bits where it gets such: nothing is rounded in it. */
const isExact = (op: Op): boolean =>
  isOp(op, relu) ||
  isOp(op, reshape) ||
  isOp(op, transpose) ||
  (isOp(op, pad) && op.attributes.value === 0);

class Rewriting {
  /** In the new function: a float32 value, and what it is in bfloat16. */
  private readonly inBfloat16 = new Map<Value, Value>();
  /** Those of them that the pass rounded: the others were bfloat16 before. */
  private readonly rounded = new Set<Value>();
  private readonly uses: Uses;
  private readonly kernels: Bfloat16Kernels;

  constructor(subject: GraphFunction, kernels: Bfloat16Kernels) {
    this.uses = usesOf(subject);
    this.kernels = kernels;
  }

  rule(op: Op, builder: Builder, lookup: Lookup): readonly Value[] | undefined {
    const inputs = op.inputs.map(lookup);
    const isComputed =
      isProduct(op, this.kernels) || this.isCarried(op, inputs);
    if (!isComputed) return undefined;
    const operands = inputs.map((input) => this.operand(input, builder));
    const computed = builder.apply(op.definition, operands, op.attributes);
    const result = builder.apply(fromBfloat16, [computed], none);
    this.inBfloat16.set(result, computed);
    return [result];
  }

  private operand(value: Value, builder: Builder): Value {
    const known = this.inBfloat16.get(value);
    if (known !== undefined) return known;
    const made = builder.apply(toBfloat16, [value], none);
    this.inBfloat16.set(value, made);
    this.rounded.add(value);
    return made;
  }

  /** Whether an op stands between products, and can hand on bfloat16 without a loss. */
  private isCarried(op: Op, [input]: readonly Value[]): boolean {
    const [output] = op.outputs;
    return (
      isExact(op) &&
      input !== undefined &&
      output !== undefined &&
      this.inBfloat16.has(input) &&
      !this.rounded.has(input) &&
      this.isForProducts(output)
    );
  }

  private isForProducts(value: Value): boolean {
    return (
      !this.uses.escapes(value) &&
      this.uses
        .consumers(value)
        .every((reader) => isProduct(reader, this.kernels))
    );
  }
}

/**
 * Convolutions, their gradients and products of matrices are computed in bfloat16 from rounded
 * operands; their results, and everything else, are float32:
 *
 *     x ──────────────── conv2d ───────────────── y
 *     x ─ toBfloat16 ─┐
 *     w ─ toBfloat16 ─ conv2d ─ fromBfloat16 ──── y
 *
 * A value is rounded once, however many products read it. From product to product, also
 * through ops that round nothing, numbers stay bfloat16:
 *
 *     conv2d ─ fromBfloat16 ─ relu ─ toBfloat16 ─ conv2d
 *     conv2d ─ relu ─ conv2d
 *
 * Parameters, history and statistics are what they were: only what is read from them is
 * rounded, in training anew in each step, else once by `hoist-parameters`.
 */
export const computeInBfloat16 = (
  kernels: Bfloat16Kernels,
): Pass<'physical', 'physical'> =>
  onEveryCall<'physical'>(
    name,
    ['choose-layout', 'legalize-padding', 'fuse-bias', 'merge-repeated-ops'],
    (subject) => {
      const rewriting = new Rewriting(subject, kernels);
      return rewriteFunction(name, subject, (op, builder, lookup) =>
        rewriting.rule(op, builder, lookup),
      );
    },
  );
