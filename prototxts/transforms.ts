import { type Augmentation, type Dataset } from './choices.js';
import { datasetFacts } from './dataset.js';
import type { Message } from './layer.js';
import { quote } from './layer.js';

export interface TransformOptions {
  readonly dataset: Dataset;
  readonly phase: 'TRAIN' | 'TEST';
  readonly augmentation: Augmentation;
  /** Holds `mean.binaryproto`. */
  readonly dataFolder: string;
  /** Default: none. */
  readonly labelNoise?: LabelNoise | undefined;
}

/** Wrong labels in TRAIN (paper, section 4.1). */
export interface LabelNoise {
  /** The share of wrong ones, from 0 to 1. */
  readonly rate: number;
  /** Which ones, and which classes they get. */
  readonly seed: number;
}

/** Blue, green and red, in Caffe's order, of pixels from 0 to 255. */
const imagenetMean = [103.53, 116.28, 123.675];

/** Of pixels from 0 to 1. */
const imagenetStd = [0.225, 0.224, 0.229];

/** 1 / 255, to seven places. */
const toOne = 0.003921569;

/** 1 / (255 * 0.226), the mean of the three deviations. */
const toDeviation = 0.01735;

/** The fields of a data layer's `transform_param`. */
export function transformParam(options: TransformOptions): Message {
  const { dataset, phase, augmentation, dataFolder, labelNoise } = options;
  const usesCaffe = augmentation === 'caffe';
  const augment = usesCaffe ? {} : augmentParam(dataset, phase);
  const { classes } = datasetFacts[dataset];
  return {
    // Some of ImageNet's files are gray.
    ...(dataset === 'imagenet' ? { force_color: true } : {}),
    ...(phase === 'TRAIN' ? { mirror: true } : {}),
    crop_size: datasetFacts[dataset].pixels,
    ...(dataset === 'imagenet'
      ? { mean_value: imagenetMean, scale: usesCaffe ? toDeviation : toOne }
      : { mean_file: quote(`${dataFolder}/mean.binaryproto`) }),
    ...(Object.keys(augment).length === 0 ? {} : { rancc_augment: augment }),
    ...(labelNoise === undefined || phase === 'TEST'
      ? {}
      : { rancc_label_noise: { ...labelNoise, classes } }),
  };
}

/**
 * CIFAR: 4 pixels of padding before the random crop (paper, section 4.1). ImageNet: scale and
 * aspect ratio augmentation within the bounds of Szegedy et al. (arXiv 1409.4842), colours
 * along their principal components (Krizhevsky et al., 2012), and division by the deviation
 * (paper, section 4.2). Tests see the middle of the picture, whose shorter side is 256.
 */
function augmentParam(dataset: Dataset, phase: 'TRAIN' | 'TEST'): Message {
  const isTraining = phase === 'TRAIN';
  if (dataset !== 'imagenet') return isTraining ? { pad: 4 } : {};
  return isTraining
    ? {
        min_area: 0.08,
        max_area: 1,
        min_aspect: 0.75,
        max_aspect: 1.333333,
        lighting: 0.1,
        std: imagenetStd,
      }
    : { short_side: 256, std: imagenetStd };
}
