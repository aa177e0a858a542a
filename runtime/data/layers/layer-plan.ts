import type { Shape } from '../../../compiler/ir/types.js';

import type { TransformSettings } from '../transform/settings.js';
import type { Hdf5File } from './hdf5-list.js';
import type { ListedImage } from './image-list.js';
import type { Windows } from './window-file.js';

/** A top of a data layer; its shape is of a whole batch, in Caffe's order of axes. */
export interface TopPlan {
  readonly name: string;
  readonly shape: Shape;
}

/**
 * All that a thread has to know to fill batches of one data layer. Plain data: it is sent to
 * the workers. Whoever has the same plan makes the same batches.
 */
export interface LayerPlan {
  readonly name: string;
  readonly batch: number;
  readonly tops: readonly TopPlan[];
  readonly seed: number;
  /** A bad record's place is taken by the next good one. */
  readonly skipBad: boolean;
  readonly source: SourcePlan;
}

export type SourcePlan = DatabasePlan | ImageListPlan | Hdf5Plan | WindowPlan;

export interface DatabasePlan {
  readonly kind: 'database';
  readonly path: string;
  readonly backend: 'LMDB' | 'LEVELDB';
  readonly count: number;
  /** The record that the first item of the first batch is (`rand_skip`). */
  readonly first: number;
  readonly transform: TransformSettings;
}

export interface ImageListPlan {
  readonly kind: 'image-list';
  /** The list itself. */
  readonly path: string;
  readonly images: readonly ListedImage[];
  readonly root: string;
  readonly shuffle: boolean;
  readonly first: number;
  readonly isColor: boolean;
  /** Height and width that images are resized to; undefined: as they are. */
  readonly size: readonly [number, number] | undefined;
  readonly transform: TransformSettings;
}

export interface Hdf5Plan {
  readonly kind: 'hdf5';
  readonly files: readonly Hdf5File[];
  readonly shuffle: boolean;
}

export interface WindowPlan {
  readonly kind: 'windows';
  readonly path: string;
  readonly root: string;
  readonly windows: Windows;
  /** Of each batch; they come last in it. */
  readonly foreground: number;
  readonly contextPad: number;
  readonly isSquare: boolean;
  readonly caches: boolean;
  readonly transform: TransformSettings;
}
