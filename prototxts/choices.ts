/*
 * What a user chooses between, apart from the code that does it: the command line names these
 * before it loads a generator.
 */

export const datasets = ['imagenet', 'cifar10', 'cifar100'] as const;
export type Dataset = (typeof datasets)[number];

export const unitNames = ['preact', 'resnext'] as const;
export type UnitName = (typeof unitNames)[number];

/**
 * How the mask's last blob x becomes weights (paper, equations 4 to 6), at position i and
 * channel c:
 *
 * - mixed: `1 / (1 + exp(-x[i,c]))`
 * - channel: `x[i,c] / |x[i]|`, the length over all channels of the position
 * - spatial: `1 / (1 + exp(-(x[i,c] - mean[c]) / std[c]))`, both over all positions of the
 *   channel
 */
export type Mask = (typeof masks)[number];
export const masks = ['mixed', 'channel', 'spatial'] as const;

/**
 * How trunk T and mask M meet: attention residual learning, `(1 + M) * T`, or naive
 * attention learning, `M * T` (paper, equations 3 and 1).
 */
export type Learning = (typeof learnings)[number];
export const learnings = ['arl', 'nal'] as const;

/**
 * - paper: with `rancc_augment`, which rancc alone reads (docs/augmentation.md)
 * - caffe: what Caffe has itself: crops without padding, flips, one deviation for all channels
 */
export type Augmentation = (typeof augmentations)[number];
export const augmentations = ['paper', 'caffe'] as const;

/** What is written of a net. */
export const fileKinds = ['deploy', 'train_val', 'solver'] as const;
export type FileKind = (typeof fileKinds)[number];
