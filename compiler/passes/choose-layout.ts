import { invariant } from '../diagnostics.js';
import { Builder } from '../ir/builder.js';
import {
  type Graph,
  type GraphFunction,
  isOp,
  type Op,
  type Role,
  type Value,
  type Variable,
} from '../ir/graph.js';
import { sameShape, sizeAt } from '../ir/types.js';
import { type Uses, usesOf } from '../ir/uses.js';
import { readVariable, type ReadVariableAttributes } from '../ops/constant.js';
import { matMul } from '../ops/mat-mul.js';
import { operand, result } from '../ops/operand.js';
import {
  reshape,
  transpose,
  type TransposeAttributes,
} from '../ops/shape-ops.js';
import { filterVariables } from './filter-variables.js';
import {
  axisOf,
  caffesFilterOrder,
  filterAxisOf,
  filterOrder,
  type Form,
  LayoutForms,
  reordered,
  toCaffe,
  toChannelsLast,
} from './layout-forms.js';
import type { Pass } from './pass.js';
import { staticValues } from './static-values.js';

const name = 'choose-layout';

/** Variables that are kept in the order of a filter, with what takes their place. */
type FilterVariables = ReadonlyMap<Variable, Variable>;

class LayoutChooser {
  private readonly forms: LayoutForms;
  private readonly builder = new Builder({ layer: '', pass: name });
  private readonly uses: Uses;
  private readonly statics: ReadonlySet<Value>;
  private readonly subject: GraphFunction;
  /** undefined where parameters stay in Caffe's order. */
  private readonly filters: FilterVariables | undefined;

  constructor(subject: GraphFunction, filters?: FilterVariables) {
    this.subject = subject;
    this.filters = filters;
    this.uses = usesOf(subject);
    this.statics = staticValues(subject);
    this.forms = new LayoutForms({
      builder: this.builder,
      uses: this.uses,
      statics: this.statics,
      keepsFilters: filters !== undefined,
    });
    for (const { value } of subject.inputs) {
      this.forms.set(value, { caffe: value });
    }
  }

  private apply(
    op: Op,
    inputs: readonly Value[],
    attributes: object,
    form: Form,
    roles?: readonly Role[],
  ): void {
    const outputs = this.builder.applyAll(op.definition, inputs, attributes);
    op.outputs.forEach((output, index) => {
      const value = outputs[index];
      invariant(value !== undefined, `${op.definition.name} lost an output`);
      const plain = roles !== undefined && roles[index] !== 'image';
      this.forms.set(output, { [plain ? 'caffe' : form]: value });
    });
  }

  private inRole(value: Value, role: Role): Value {
    switch (role) {
      case 'image':
        return this.forms.channelsLast(value);
      case 'filter':
        if (this.filters !== undefined) return this.forms.inFilterOrder(value);
        return this.builder.apply(
          transpose,
          [this.forms.inCaffesOrder(value)],
          {
            permutation: filterOrder,
          },
        );
      case 'plain':
        return this.forms.inCaffesOrder(value);
    }
  }

  /** An op whose result is a filter: it goes back to Caffe's order, unless filters are kept. */
  private applyGivingFilter(
    op: Op,
    inputs: readonly Value[],
    attributes: object,
  ): void {
    const filter = this.builder.apply(op.definition, inputs, attributes);
    if (this.filters !== undefined) {
      this.forms.set(result(op), { filter });
      return;
    }
    const caffe = this.builder.apply(transpose, [filter], {
      permutation: caffesFilterOrder,
    });
    this.forms.set(result(op), { caffe });
  }

  private rewriteOp(op: Op): void {
    const { layout } = op.definition;
    const form = this.forms.formOf(op);
    switch (layout.kind) {
      case 'spatial': {
        const inputs = op.inputs.map((input, index) =>
          this.inRole(input, layout.inputs[index] ?? 'plain'),
        );
        const attributes = { ...op.attributes, format: 'NHWC' };
        if (layout.output === 'filter') {
          this.applyGivingFilter(op, inputs, attributes);
        } else {
          const roles = [layout.output].flat();
          this.apply(op, inputs, attributes, 'channelsLast', roles);
        }
        return;
      }
      case 'elementwise':
        if (form !== 'caffe') {
          const inputs = op.inputs.map((input) =>
            this.forms.broadcastOperand(input, form),
          );
          this.apply(op, inputs, op.attributes, form);
          return;
        }
        break;
      case 'axes':
        if (form !== 'caffe') {
          const isFilter = form === 'filter';
          const inputs = op.inputs.map((input) =>
            isFilter
              ? this.forms.inFilterOrder(input)
              : this.forms.channelsLast(input),
          );
          const order = isFilter ? filterAxisOf : axisOf;
          const attributes = layout.permute(op.attributes, order);
          this.apply(op, inputs, attributes, form);
          return;
        }
        break;
      case 'ordered':
        if (isOp(op, readVariable) && this.readFilter(op)) return;
        if (isOp(op, reshape) && this.flatten(op)) return;
        if (isOp(op, matMul) && this.multiplyFlattened(op)) return;
        if (isOp(op, transpose) && this.turn(op, op.attributes)) return;
    }
    const inputs = op.inputs.map((input) => this.forms.inCaffesOrder(input));
    this.apply(op, inputs, op.attributes, 'caffe');
  }

  private readFilter(op: Op & Op<ReadVariableAttributes>): boolean {
    const variable = this.filters?.get(op.attributes.variable);
    if (variable === undefined) return false;
    const filter = this.builder.apply(readVariable, [], { variable });
    this.forms.set(result(op), { filter });
    return true;
  }

  /** What is transposed from one order of an image to the other is there in that order. */
  private turn(op: Op, { permutation }: TransposeAttributes): boolean {
    const x = operand(op, 0);
    if (this.statics.has(x)) return false;
    if (
      sameShape(permutation, toChannelsLast) &&
      this.forms.isChannelsLast(x)
    ) {
      this.forms.set(result(op), { caffe: this.forms.channelsLast(x) });
      return true;
    }
    if (!sameShape(permutation, toCaffe)) return false;
    this.forms.set(result(op), { channelsLast: this.forms.inCaffesOrder(x) });
    return true;
  }

  /** A flattening that only products with static matrices read keeps H, W, C. */
  private flatten(op: Op): boolean {
    const x = operand(op, 0);
    const { shape } = result(op).type;
    // Where parameters change in every step permuting their rows would be no gain.
    if (this.filters !== undefined || !this.forms.isChannelsLast(x))
      return false;
    const image = x.type.shape;
    if (shape.length !== 2 || shape[0] !== image[0]) return false;
    const readers = this.uses.consumers(result(op));
    const escapes = [...this.subject.outputs, ...this.subject.stores].some(
      ({ value }) => value === result(op),
    );
    const wanted = readers.every(
      (reader) =>
        isOp(reader, matMul) &&
        operand(reader, 0) === result(op) &&
        !reader.attributes.transposeA &&
        this.statics.has(operand(reader, 1)),
    );
    if (escapes || !wanted) return false;
    const value = this.builder.apply(reshape, [this.forms.channelsLast(x)], {
      shape,
    });
    this.forms.set(result(op), { flattened: { value, image } });
    return true;
  }

  /** The rows of the matrix follow: they are permuted once, not the data in each call. */
  private multiplyFlattened(op: Op): boolean {
    const { flattened } = this.forms.of(operand(op, 0));
    if (flattened === undefined || !isOp(op, matMul)) return false;
    const [, channels = 0, height = 0, width = 0] = flattened.image;
    const weights = this.forms.inCaffesOrder(operand(op, 1));
    const { transposeB } = op.attributes;
    const outputs = sizeAt(weights.type.shape, transposeB ? 0 : 1);
    const [shape, permutation] = transposeB
      ? [
          [outputs, channels, height, width],
          [0, 2, 3, 1],
        ]
      : [
          [channels, height, width, outputs],
          [1, 2, 0, 3],
        ];
    const image = this.builder.apply(reshape, [weights], { shape });
    const rows = this.builder.apply(
      reshape,
      [reordered(this.builder, image, permutation)],
      { shape: weights.type.shape },
    );
    this.apply(op, [flattened.value, rows], op.attributes, 'caffe');
    return true;
  }

  run(): GraphFunction {
    for (const op of this.subject.ops) {
      this.builder.at({ ...op.origin, pass: op.origin.pass ?? name }, () => {
        this.rewriteOp(op);
      });
    }
    const { outputs, stores } = this.subject;
    return {
      ...this.subject,
      outputs: outputs.map(({ name: output, value }) => ({
        name: output,
        value: this.forms.inCaffesOrder(value),
      })),
      stores: stores.map(({ variable, value }) => {
        const kept = this.filters?.get(variable);
        return kept === undefined
          ? { variable, value: this.forms.inCaffesOrder(value) }
          : { variable: kept, value: this.forms.inFilterOrder(value) };
      }),
      ops: this.builder.ops,
    };
  }
}

/**
 * The one place where axes change their order: images go from Caffe's N, C, H, W to
 * TensorFlow's N, H, W, C, filters from O, I, H, W to H, W, I, O. Inputs and outputs of the
 * function stay in Caffe's order; between them only what has a meaning in that order alone
 * (a reshape, say) is transposed back:
 *
 *     x ─ conv2d NCHW ─ add(1,C,1,1) ─ y
 *     x ─ transpose ─ conv2d NHWC ─ add(1,1,1,C) ─ transpose ─ y
 */
export const chooseLayout: Pass<'logical', 'physical'> = {
  name,
  after: [
    'fold-affine-into-producer',
    'fold-affine-into-consumer',
    'merge-affine',
  ],
  run: (graph): Graph<'physical'> => ({
    ...graph,
    stage: 'physical',
    functions: graph.functions.map((subject) =>
      new LayoutChooser(subject).run(),
    ),
  }),
};

/**
 * The same for graphs that train: parameters that convolutions read as filters, and what a
 * solver keeps for them, are in variables of the order H, W, I, O, so that no step transposes
 * a filter. `assign` and `read` do:
 *
 *     read(w OIHW) ─ transpose ─ conv2d ... filterGradient ─ transpose ─ update ─ store w
 *     read(w HWIO) ─ conv2d ... filterGradient ─ update ─ store w
 */
export const chooseTrainingLayout: Pass<'logical', 'physical'> = {
  name,
  after: [],
  run: (graph): Graph<'physical'> => {
    const filters = filterVariables(graph, filterOrder);
    return {
      ...graph,
      stage: 'physical',
      variables: graph.variables.map((each) => filters.get(each) ?? each),
      functions: graph.functions.map((subject) =>
        new LayoutChooser(subject, filters).run(),
      ),
    };
  },
};
