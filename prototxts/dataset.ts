import { type Dataset } from './choices.js';

/** A data set, as far as its nets and its training depend on it. */
export interface DatasetFacts {
  readonly title: string;
  readonly classes: number;
  /** Width and height of what the nets read. */
  readonly pixels: number;
  /** The database of pictures that are held back, beside `train_lmdb`. */
  readonly testFolder: 'test_lmdb' | 'val_lmdb';
  readonly testPictures: number;
  /** Of the TEST phase; divides `testPictures`. */
  readonly testBatch: number;
}

const cifar = {
  pixels: 32,
  testFolder: 'test_lmdb',
  testPictures: 10_000,
  testBatch: 100,
} as const;

export const datasetFacts: Readonly<Record<Dataset, DatasetFacts>> = {
  imagenet: {
    title: 'ImageNet',
    classes: 1000,
    pixels: 224,
    testFolder: 'val_lmdb',
    testPictures: 50_000,
    testBatch: 50,
  },
  cifar10: { title: 'CIFAR-10', classes: 10, ...cifar },
  cifar100: { title: 'CIFAR-100', classes: 100, ...cifar },
};
