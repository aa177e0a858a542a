import type { Backend } from '../../databases/open-database.js';
import type { MeanImage } from '../../transform/mean-file.js';

/** Public data sets that are read in the form in which they are published. */
export const publicSets = ['cifar10', 'cifar100', 'imagenet'] as const;
export type PublicSet = (typeof publicSets)[number];

/** What pictures are resized to. */
export type PictureSize =
  | { readonly kind: 'as-they-are' }
  | {
      readonly kind: 'exact';
      readonly height: number;
      readonly width: number;
    }
  /** In proportion, so that the shorter side has so many pixels. */
  | { readonly kind: 'short-side'; readonly pixels: number };

export interface ImportSettings {
  readonly backend: Backend;
  readonly size: PictureSize;
  /** Records hold bytes of an image file and not pixels. */
  readonly encoded: boolean;
  /** Bad pictures are left out and counted; else the first one ends it. */
  readonly skipBad: boolean;
  /** Is told what is done, how many pictures of how many. */
  readonly progress: (stage: string, done: number, total: number) => void;
}

export interface ImageNetSettings extends ImportSettings {
  /** Of the order of the pictures. */
  readonly seed: number;
  /** Lines of `path label` for the pictures in `val`, where these are in no folders. */
  readonly valList: string | undefined;
}

/** A picture that was left out. */
export interface BadPicture {
  readonly file: string;
  /** Its number among the pictures of its part, from 0. */
  readonly record: number;
  readonly problem: string;
}

/** A database that was made. */
export interface ImportedPart {
  /** Its folder's name within the output. */
  readonly database: string;
  readonly records: number;
  readonly skipped: readonly BadPicture[];
}

export interface Imported {
  readonly parts: readonly ImportedPart[];
  /** undefined where the set does not name them. */
  readonly classes: readonly string[] | undefined;
  /** Of the pictures for training, where these are of one size. */
  readonly mean: MeanImage | undefined;
  /** Files of the folders that are no pictures by their names. */
  readonly leftAside: number;
}
