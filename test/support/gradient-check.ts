import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  emitSavedModel,
  type EmittedSavedModel,
} from '../../compiler/emit/saved-model.js';
import { gradientsOf } from '../../compiler/ir/autodiff.js';
import { Builder, freshValue } from '../../compiler/ir/builder.js';
import type {
  Graph,
  GraphFunction,
  Named,
  Value,
} from '../../compiler/ir/graph.js';
import { elementCount, float32, type Shape } from '../../compiler/ir/types.js';
import { verify } from '../../compiler/ir/verify.js';
import { runPasses, unfolded } from '../../compiler/passes/index.js';

import type { Session } from '../../runtime/session.js';

import { numbers } from './numbers.js';
import { sharedThread } from './run-ops.js';

/** As Caffe's GradientChecker has it (test_gradient_check_util.hpp). */
const seed = 1701;

export interface Checked {
  /** Shapes of what is fed, in Caffe's order of axes. */
  readonly inputs: readonly Shape[];
  /** Ops of the logical graph; the results are weighted at random and added up. */
  readonly build: (
    builder: Builder,
    inputs: readonly Value[],
  ) => readonly Value[];
  /** What is fed lies between these (default: -1 and 1). */
  readonly range?: readonly [number, number];
  /** No two numbers of an input are nearer than four steps: for the largest of several. */
  readonly distinct?: boolean;
  /** Inputs that are checked (default: all). */
  readonly wanted?: readonly number[];
  /** How far an input is moved to each side. */
  readonly step?: number;
  /** How far the gradients may be apart, by the larger of them and 1. */
  readonly threshold?: number;
  /** Where |x| is nearer than two steps to it, the function has a corner: not checked. */
  readonly kink?: number;
}

/** What the check has found. */
export interface GradientCheck {
  /** Names of the ops that `build` has made. */
  readonly ops: ReadonlySet<string>;
  readonly compared: number;
  /** A line for each place at which the gradients differ. */
  readonly faults: readonly string[];
}

interface Functions {
  readonly ops: ReadonlySet<string>;
  readonly outputs: readonly Shape[];
  readonly graph: Graph<'logical'>;
}

/** `predict`: the results; `differentiate`: from inputs and weights to gradients of inputs. */
function functionsOf({ inputs, build }: Checked): Functions {
  const make = () => {
    const builder = new Builder({ layer: 'op' });
    const named = inputs.map((shape, at): Named => ({
      name: `x${at}`,
      value: freshValue(float32(shape)),
    }));
    const values = named.map(({ value }) => value);
    const outputs = build(builder, values);
    return { builder, named, values, outputs };
  };
  const forward = make();
  const predict: GraphFunction = {
    name: 'predict',
    inputs: forward.named,
    ops: forward.builder.ops,
    outputs: forward.outputs.map((value, at) => ({ name: `y${at}`, value })),
    stores: [],
  };
  const { builder, named, values, outputs } = make();
  const ops = new Set(builder.ops.map(({ definition }) => definition.name));
  const weights = outputs.map(({ type }, at): Named => ({
    name: `w${at}`,
    value: freshValue(type),
  }));
  const gradients = gradientsOf(
    [...builder.ops],
    new Map(
      outputs.flatMap((output, at) => {
        const weight = weights[at];
        return weight === undefined ? [] : [[output, weight.value] as const];
      }),
    ),
    values,
    builder,
  );
  const differentiate: GraphFunction = {
    name: 'differentiate',
    inputs: [...named, ...weights],
    ops: builder.ops,
    outputs: values.flatMap((value, at) => {
      const gradient = gradients.get(value);
      return gradient === undefined
        ? []
        : [{ name: `x${at}`, value: gradient }];
    }),
    stores: [],
  };
  return {
    ops,
    outputs: outputs.map(({ type }) => type.shape),
    graph: {
      stage: 'logical',
      name: 'gradients',
      variables: [],
      functions: [predict, differentiate],
    },
  };
}

interface Fed {
  readonly shape: Shape;
  readonly data: Float32Array<ArrayBuffer>;
}

/** Calls one function of a loaded graph; what it gives, by name. */
async function call(
  session: Session,
  { graph }: EmittedSavedModel,
  name: string,
  fed: ReadonlyMap<string, Fed>,
): Promise<ReadonlyMap<string, Float32Array>> {
  const found = graph.functions.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no function ${name}`);
  const outputs = [...found.outputs];
  const results = await session.run(
    Array.from(found.inputs, ([input, { tensor }]) => {
      const given = fed.get(input);
      if (given === undefined) throw new Error(`nothing is fed to ${input}`);
      const { shape, data } = given;
      return {
        name: tensor,
        tensor: { dtype: 'float32' as const, shape, data: data.slice() },
      };
    }),
    outputs.map(([, { tensor }]) => tensor),
  );
  return new Map(
    outputs.map(([output], at) => [
      output,
      (results[at]?.data ?? new Float32Array()) as Float32Array,
    ]),
  );
}

/** Numbers in an order at random, `gap` apart, around the middle of the range. */
function spaced(
  count: number,
  gap: number,
  order: number,
): Float32Array<ArrayBuffer> {
  const keys = numbers(count, order);
  const places = Array.from(keys, (key, at) => ({ key, at })).toSorted(
    (a, b) => a.key - b.key,
  );
  const result = new Float32Array(count);
  places.forEach(({ at }, rank) => {
    result[at] = (rank - count / 2) * gap;
  });
  return result;
}

function values(
  shape: Shape,
  at: number,
  { range: [low, high] = [-1, 1], distinct = false }: Checked,
  step: number,
): Fed {
  const count = elementCount(shape);
  const data = distinct
    ? spaced(count, 4 * step, seed + at)
    : numbers(count, seed + at).map(
        (value) => low + ((value + 1) / 2) * (high - low),
      );
  return { shape, data };
}

/** The sum of all results, each times its weight, in float64. */
const weighted = (
  results: ReadonlyMap<string, Float32Array>,
  weights: readonly Fed[],
): number =>
  weights.reduce(
    (sum, { data }, at) =>
      data.reduce(
        (part, weight, place) =>
          part + weight * (results.get(`y${at}`)?.[place] ?? NaN),
        sum,
      ),
    0,
  );

async function compare(
  session: Session,
  model: EmittedSavedModel,
  outputs: readonly Shape[],
  checked: Checked,
): Promise<Omit<GradientCheck, 'ops'>> {
  const { step = 1e-2, threshold = 1e-3, kink } = checked;
  const fed = checked.inputs.map((shape, at) =>
    values(shape, at, checked, step),
  );
  const weights = outputs.map((shape, at): Fed => ({
    shape,
    data: numbers(elementCount(shape), seed + 100 + at),
  }));
  const named = new Map([
    ...fed.map((each, at) => [`x${at}`, each] as const),
    ...weights.map((each, at) => [`w${at}`, each] as const),
  ]);
  const gradients = await call(session, model, 'differentiate', named);
  const objective = async (at: number, data: Fed['data']): Promise<number> => {
    const moved = new Map(named);
    moved.set(`x${at}`, { shape: checked.inputs[at] ?? [], data });
    return weighted(await call(session, model, 'predict', moved), weights);
  };
  const faults: string[] = [];
  let compared = 0;
  for (const at of checked.wanted ?? fed.keys()) {
    const { data } = fed[at] ?? { data: new Float32Array() };
    const gradient = gradients.get(`x${at}`);
    for (const [place, x] of data.entries()) {
      if (kink !== undefined && Math.abs(Math.abs(x) - kink) < 2 * step) {
        continue;
      }
      // The steps that float32 really makes.
      const [up, down] = [Math.fround(x + step), Math.fround(x - step)];
      const above = await objective(at, data.with(place, up));
      const below = await objective(at, data.with(place, down));
      const estimate = (above - below) / (up - down);
      const computed = gradient === undefined ? 0 : (gradient[place] ?? NaN);
      const scale = Math.max(Math.abs(estimate), Math.abs(computed), 1);
      compared++;
      if (Math.abs(computed - estimate) <= threshold * scale) continue;
      faults.push(`x${at}[${place}] = ${x}: ${computed}, not ${estimate}`);
    }
  }
  return { compared, faults };
}

/**
 * Compares the gradients that the ops' rules give with central differences of the forward
 * pass, both computed by TensorFlow.
 */
export async function checkGradients(checked: Checked): Promise<GradientCheck> {
  const { ops, outputs, graph } = functionsOf(checked);
  verify(graph, 'as built');
  const physical = runPasses(unfolded, graph, (pass, result) => {
    verify(result, `after ${pass}`);
  });
  const model = emitSavedModel(physical, { restores: false });
  const folder = await mkdtemp(join(tmpdir(), 'rancc-gradients-'));
  try {
    await writeFile(join(folder, 'saved_model.pb'), model.bytes);
    const session = await (await sharedThread()).load(folder);
    try {
      return { ops, ...(await compare(session, model, outputs, checked)) };
    } finally {
      await session.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
