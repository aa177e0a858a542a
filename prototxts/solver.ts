import { type Dataset } from './choices.js';
import { datasetFacts } from './dataset.js';
import type { Message } from './layer.js';
import { quote } from './layer.js';
import { writeMessage } from './write-net.js';

export interface SolverOptions {
  /** Lines of the comment on top of the file. */
  readonly heading: readonly string[];
  readonly dataset: Dataset;
  /** Path of the train_val prototxt. */
  readonly net: string;
  readonly snapshotPrefix: string;
  /** Of the whole training, in place of the paper's. */
  readonly iterations?: number | undefined;
  /** Of one test, in place of those that see every picture once. */
  readonly testIterations?: number | undefined;
}

/** How one kind of data set is trained. */
interface Recipe {
  readonly type: 'Nesterov' | 'SGD';
  /** The rate is divided by 10 at each of these. */
  readonly steps: readonly number[];
  readonly iterations: number;
  readonly decayComment: string;
  readonly testInterval: number;
  readonly display: number;
  readonly snapshot: number;
}

/** Paper, section 4.1. */
const cifar: Recipe = {
  type: 'Nesterov',
  steps: [64_000, 96_000],
  iterations: 160_000,
  decayComment: 'Batches of 64 stand in the net.',
  testInterval: 1000,
  display: 100,
  snapshot: 10_000,
};

/** Paper, section 4.2. */
const imagenet: Recipe = {
  type: 'SGD',
  steps: [200_000, 400_000, 500_000],
  iterations: 530_000,
  decayComment:
    'Ours, for the paper does not give them: the weight decay, and the batches of 64 in the net.',
  testInterval: 10_000,
  display: 20,
  snapshot: 10_000,
};

/** The text of a solver by the paper's recipe. */
export function writeSolver(options: SolverOptions): string {
  const { dataset, net, snapshotPrefix, heading } = options;
  const recipe = dataset === 'imagenet' ? imagenet : cifar;
  const { iterations = recipe.iterations } = options;
  const facts = datasetFacts[dataset];
  const testIterations =
    options.testIterations ?? facts.testPictures / facts.testBatch;
  const atMost = (interval: number): number => Math.min(interval, iterations);
  const blocks: readonly (readonly [string, Message])[] = [
    ['', { net: quote(net) }],
    [
      `A test sees ${testIterations * facts.testBatch} pictures, ${facts.testBatch} at a time.`,
      {
        test_iter: testIterations,
        test_interval: atMost(recipe.testInterval),
        test_initialization: false,
      },
    ],
    [
      'The rate, divided by 10 at each step.',
      {
        type: quote(recipe.type),
        momentum: 0.9,
        base_lr: 0.1,
        lr_policy: quote('multistep'),
        gamma: 0.1,
        stepvalue: stepsWithin(recipe, iterations),
        max_iter: iterations,
      },
    ],
    [recipe.decayComment, { weight_decay: 1e-4 }],
    [
      'Ours: what is told and kept on the way, and a seed, so that a run can be repeated.',
      {
        display: atMost(recipe.display),
        snapshot: atMost(recipe.snapshot),
        snapshot_prefix: quote(snapshotPrefix),
        random_seed: 1,
      },
    ],
  ];
  return [
    heading.map((line) => `# ${line}\n`).join(''),
    ...blocks.map(
      ([comment, message]) =>
        `${comment === '' ? '' : `# ${comment}\n`}${writeMessage(message)}`,
    ),
  ].join('\n');
}

/** A shorter or longer training has its steps at the same parts of its way. */
function stepsWithin(recipe: Recipe, iterations: number): readonly number[] {
  return recipe.steps.map((step) =>
    Math.round((step / recipe.iterations) * iterations),
  );
}
