import type { Graph, Stage } from '../ir/graph.js';
import { chooseLayout, chooseTrainingLayout } from './choose-layout.js';
import { eliminateDeadOps } from './eliminate-dead-ops.js';
import { expandBatchNormalization } from './expand-batch-normalization.js';
import { foldAffineIntoConsumer } from './fold-affine-into-consumer.js';
import { foldAffineIntoProducer } from './fold-affine-into-producer.js';
import { foldConstants } from './fold-constants.js';
import { fuseBias } from './fuse-bias.js';
import { hoistParameters } from './hoist-parameters.js';
import { legalizePadding } from './legalize-padding.js';
import { mergeAffine } from './merge-affine.js';
import { mergeRepeatedOps } from './merge-repeated-ops.js';
import type { Pass } from './pass.js';
import type { Precision } from './precision.js';

/** The passes in three stages: on Caffe's axes, to TensorFlow's, on TensorFlow's. */
export interface Pipeline {
  readonly logical: readonly Pass<'logical', 'logical'>[];
  readonly layout: Pass<'logical', 'physical'>;
  readonly physical: readonly Pass<'physical', 'physical'>[];
  /** Default: fp32. `inBfloat16` makes a pipeline of the other kind. */
  readonly precision?: Precision;
}

/** Everything that makes the graph faster and keeps its numbers. */
export const optimising: Pipeline = {
  logical: [
    foldAffineIntoProducer,
    eliminateDeadOps(),
    foldAffineIntoConsumer,
    mergeAffine,
    eliminateDeadOps(),
  ],
  layout: chooseLayout,
  physical: [
    legalizePadding,
    fuseBias,
    foldConstants,
    mergeRepeatedOps,
    eliminateDeadOps(),
    hoistParameters,
    eliminateDeadOps(),
  ],
};

/** No more than TensorFlow needs: every blob of the net is there. */
export const unfolded: Pipeline = {
  logical: [],
  layout: chooseLayout,
  physical: [legalizePadding, eliminateDeadOps()],
};

/** For graphs whose parameters change in every step: nothing is folded into them. */
export const training: Pipeline = {
  logical: [eliminateDeadOps()],
  layout: chooseTrainingLayout,
  physical: [
    legalizePadding,
    expandBatchNormalization,
    fuseBias,
    foldConstants,
    mergeRepeatedOps,
    eliminateDeadOps(),
  ],
};

/**
 * A graphics card has one kernel for a normalisation and one for its gradient, which read an
 * image fewer times than their parts, and whose sums are those of many short rows.
 */
export const trainingOnGpu: Pipeline = {
  ...training,
  physical: training.physical.filter(
    ({ name }) => name !== expandBatchNormalization.name,
  ),
};

/** Is shown the graph after each pass (`--dump-ir`, the verifier). */
export type Observer = (pass: string, graph: Graph<Stage>) => void;

export const passNames = (pipeline: Pipeline): readonly string[] =>
  [...pipeline.logical, pipeline.layout, ...pipeline.physical].map(
    ({ name }) => name,
  );

/** Runs the passes in their order. */
export function runPasses(
  pipeline: Pipeline,
  graph: Graph<'logical'>,
  observe: Observer = () => undefined,
): Graph<'physical'> {
  const step = <From extends Stage, To extends Stage>(
    before: Graph<From>,
    pass: Pass<From, To>,
  ): Graph<To> => {
    const after = pass.run(before);
    observe(pass.name, after);
    return after;
  };
  const logical = pipeline.logical.reduce(step<'logical', 'logical'>, graph);
  const laidOut = step(logical, pipeline.layout);
  return pipeline.physical.reduce(step<'physical', 'physical'>, laidOut);
}
