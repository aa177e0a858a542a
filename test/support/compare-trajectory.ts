import { expect } from 'chai';

import type { Tensor } from '../../runtime/tensor.js';
import type { PassResult } from '../../runtime/training/solver-session.js';

import {
  type BlobDigest,
  type Outputs,
  type PassGolden,
  Tolerances,
  type TrainingGolden,
} from './training-golden.js';
import type { Trajectory } from './walk-trajectory.js';

const normOf = (values: ArrayLike<number>): number =>
  Math.sqrt(Array.from(values).reduce((sum, value) => sum + value * value, 0));

interface Comparison {
  readonly what: string;
  /** Relative to the norm, or to the largest value. */
  readonly tolerance: number;
  /** The least norm that the tolerance is of. */
  readonly floor?: number;
  /** What single values may always be away, absolute. */
  readonly values?: number;
}

function expectNorm(
  found: Float32Array | undefined,
  wanted: BlobDigest,
  { what, tolerance, floor = 0 }: Comparison,
): void {
  const most = tolerance * Math.max(wanted.l2, floor) + 1e-12;
  expect(
    normOf(found ?? []),
    `l2 of ${what} ${wanted.layer}/${wanted.blob}`,
  ).to.be.closeTo(wanted.l2, most);
}

function expectBlob(
  found: Float32Array,
  wanted: BlobDigest,
  comparison: Comparison,
): void {
  expectNorm(found, wanted, comparison);
  const { what, tolerance, values = 0 } = comparison;
  const largest = Math.max(...found.map(Math.abs));
  wanted.first16.forEach((value, index) => {
    expect(
      found[index],
      `${what} ${wanted.layer}/${wanted.blob}[${index}]`,
    ).to.be.closeTo(value, Math.max(tolerance * largest, values) + 1e-12);
  });
}

function expectOutputs(
  found: ReadonlyMap<string, Tensor> | undefined,
  wanted: Outputs,
  toleranceOf: (blob: string) => number,
  what: string,
): void {
  for (const [blob, values] of Object.entries(wanted)) {
    const tensor = found?.get(blob);
    values.forEach((value, index) => {
      expect(tensor?.data[index], `${what}, ${blob}[${index}]`).to.be.closeTo(
        value,
        toleranceOf(blob),
      );
    });
  }
}

function expectPass(
  found: PassResult | undefined,
  wanted: PassGolden,
  tolerance: number,
  what: string,
): void {
  expect(found?.loss, `${what}, loss`).to.be.closeTo(wanted.loss, tolerance);
  expect([...(found?.outputs.keys() ?? [])].toSorted(), what).to.deep.equal(
    Object.keys(wanted.outputs).toSorted(),
  );
  expectOutputs(found?.outputs, wanted.outputs, () => tolerance, what);
}

/** Caffe prints six digits. */
const printed = (rate: number): number => Number(rate.toPrecision(6));

const meanLoss = (passes: readonly PassResult[]): number =>
  passes.reduce((sum, { loss }) => sum + loss, 0) / passes.length;

/**
 * Rates, losses and outputs of every iteration and of what comes after the last; with `until`
 * of those before it alone.
 */
export function expectIterations(
  golden: TrainingGolden,
  walked: Trajectory,
  until = Infinity,
): void {
  const tolerances = new Tolerances(golden);
  expect(walked.iterations.length).to.equal(golden.iterations.length);
  walked.iterations.forEach(({ rate, passes }, index) => {
    const wanted = golden.iterations[index];
    const what = `iteration ${index}`;
    const tolerance = tolerances.loss(index);
    expect(printed(rate), `${what}, rate`).to.equal(wanted?.lr);
    if (index >= until) return;
    expect(meanLoss(passes), `${what}, loss`).to.be.closeTo(
      wanted?.loss ?? NaN,
      tolerance,
    );
    const each = wanted?.accumulated ?? (wanted === undefined ? [] : [wanted]);
    expect(passes.length, what).to.equal(each.length);
    each.forEach((pass, at) => {
      expectPass(passes[at], pass, tolerance, `${what}, pass ${at}`);
    });
  });
  if (until <= walked.iterations.length) return;
  expectPass(
    walked.afterwards,
    golden.after.train_forward,
    tolerances.loss(golden.iterations.length),
    'the pass after the last iteration',
  );
}

/** When which net was tested, and each batch's outputs. */
export function expectTests(golden: TrainingGolden, walked: Trajectory): void {
  const tolerances = new Tolerances(golden);
  expect(
    walked.tests.map(({ iteration, net }) => [iteration, net]),
  ).to.deep.equal(golden.tests.map(({ iter, net }) => [iter, net]));
  golden.tests.forEach(({ iter, net, batches }, index) => {
    const found = walked.tests[index]?.batches ?? [];
    const what = `test of net ${net} at ${iter}`;
    expect(found.length, what).to.equal(batches.length);
    const sample = 1 / (walked.testBatches[net] ?? 1);
    if (tolerances.hasParted(iter)) return;
    batches.forEach((outputs, batch) => {
      expectOutputs(
        found[batch]?.outputs,
        outputs,
        (blob) =>
          blob.startsWith('accuracy')
            ? 2 * sample + 1e-6
            : tolerances.loss(iter),
        `${what}, batch ${batch}`,
      );
    });
  });
}

/** The norms of all gradients of the first iteration. */
export function expectGradients(
  golden: TrainingGolden,
  walked: Trajectory,
): void {
  const { gradients: tolerance } = new Tolerances(golden);
  const wanted = golden.gradients['0'] ?? [];
  // Of blobs below a thousandth of the largest the reference's own roundings are noise.
  const floor = Math.max(...wanted.map(({ l2 }) => l2)) / 1000;
  expect(
    walked.parameters.map(({ layer, index }) => [layer, index]),
  ).to.deep.equal(wanted.map(({ layer, blob }) => [layer, blob]));
  wanted.forEach((blob, index) => {
    const found = walked.parameters[index]?.gradients[0];
    expectNorm(found, blob, { what: 'gradient', tolerance, floor });
  });
}

/** Parameters after the last update. */
export function expectParameters(
  golden: TrainingGolden,
  walked: Trajectory,
): void {
  const { finalBlobs: tolerance, finalValues: values } = new Tolerances(golden);
  const owned = golden.final_params.filter(
    ({ shared_with: owner }) => owner === undefined,
  );
  expect(walked.parameters.length).to.equal(owned.length);
  walked.parameters.forEach(({ final }, index) => {
    const wanted = owned[index];
    if (wanted === undefined) throw new Error('too few blobs');
    expectBlob(final, wanted, { what: 'parameter', tolerance, values });
  });
}

/** What a snapshot at the end holds: names, order and shapes of the history, and its values. */
export function expectHistory(
  golden: TrainingGolden,
  walked: Trajectory,
): void {
  const tolerances = new Tolerances(golden);
  const { history, current_step: currentStep } = golden.solverstate;
  expect(walked.currentStep).to.equal(currentStep);
  expect(
    walked.history.map(({ parameter: { layer, index, shape }, slot }) => [
      layer,
      index,
      slot,
      shape,
    ]),
  ).to.deep.equal(
    history.map(({ layer, blob, slot, shape }) => [layer, blob, slot, shape]),
  );
  if (tolerances.isAttention || hasParted(golden, walked)) return;
  const tolerance = tolerances.finalBlobs;
  walked.history.forEach(({ final }, index) => {
    const wanted = history[index];
    if (wanted === undefined) throw new Error('too few blobs');
    expectBlob(final, wanted, { what: 'history', tolerance });
  });
}

/**
 * Whether a run that may part from the reference (one ReLU or pool that falls the other way)
 * has done so: its history is then that of other gradients.
 */
const hasParted = (golden: TrainingGolden, walked: Trajectory): boolean =>
  golden.perturbed_spread.may_flip_from !== undefined &&
  walked.iterations.some(
    ({ passes }, index) =>
      Math.abs(meanLoss(passes) - (golden.iterations[index]?.loss ?? 0)) > 1e-5,
  );
