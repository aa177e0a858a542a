import { type Augmentation, type Dataset } from './choices.js';
import { datasetFacts } from './dataset.js';
import { quote } from './layer.js';
import type { NetBuilder } from './net-builder.js';
import type { LabelNoise } from './transforms.js';
import { transformParam } from './transforms.js';

export interface TrainingData {
  readonly dataset: Dataset;
  /** Holds the databases and, for CIFAR, the mean. */
  readonly folder: string;
  /** Pictures in an iteration of training. */
  readonly batchSize: number;
  readonly augmentation: Augmentation;
  readonly labelNoise: LabelNoise | undefined;
}

/** The tops of the data layers. */
export const pictures = 'data';
const labels = 'label';

/** One data layer for each phase. */
export function addTrainingData(net: NetBuilder, data: TrainingData): void {
  net.section('Data');
  for (const phase of ['TRAIN', 'TEST'] as const) {
    const { testFolder, testBatch } = datasetFacts[data.dataset];
    const database = phase === 'TRAIN' ? 'train_lmdb' : testFolder;
    net.data(phase, [pictures, labels], {
      transform_param: transformParam({
        dataset: data.dataset,
        phase,
        augmentation: data.augmentation,
        dataFolder: data.folder,
        labelNoise: data.labelNoise,
      }),
      data_param: {
        source: quote(`${data.folder}/${database}`),
        batch_size: phase === 'TRAIN' ? data.batchSize : testBatch,
        backend: 'LMDB',
      },
    });
  }
}

/** The loss, and in TEST how often the label is the first class and among the first five. */
export function addLossAndAccuracy(net: NetBuilder, scores: string): void {
  net.section('Loss and accuracy');
  net.softmaxLoss('loss', scores, labels);
  net.accuracy('accuracy_top1', scores, labels, 1);
  net.accuracy('accuracy_top5', scores, labels, 5);
}
