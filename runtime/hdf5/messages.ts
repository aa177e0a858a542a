import type { MessagePort } from 'node:worker_threads';

/** What the main thread and the thread of the HDF5 library tell one another. */

/** Numbers of an array, as the file has them or narrowed from wider ones. */
export type Hdf5Numbers =
  | Float32Array
  | Float64Array
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

/** What is written: numbers in an array, or a text, which is of no shape. */
export type Hdf5Written = Float32Array | Int32Array | Uint8Array | string;

export interface Hdf5Dataset {
  readonly kind: 'dataset';
  /** From the root, without a slash in front: `data/conv1/0`. */
  readonly path: string;
  readonly shape: readonly number[];
  /** `other`: texts, records and the like, which are not read. */
  readonly element: 'float' | 'integer' | 'other';
  /** Bytes of an element. */
  readonly width: number;
}

export interface Hdf5Group {
  readonly kind: 'group';
  readonly path: string;
}

/** Links to other files are left out, as are those that lead nowhere. */
export type Hdf5Node = Hdf5Dataset | Hdf5Group;

export type Hdf5Request =
  | { readonly kind: 'open'; readonly path: string }
  | { readonly kind: 'create'; readonly path: string }
  | { readonly kind: 'nodes'; readonly file: number }
  | { readonly kind: 'read'; readonly file: number; readonly path: string }
  | {
      readonly kind: 'read-text';
      readonly file: number;
      readonly path: string;
    }
  | {
      readonly kind: 'make-group';
      readonly file: number;
      readonly path: string;
    }
  | {
      readonly kind: 'make-dataset';
      readonly file: number;
      readonly path: string;
      readonly shape: readonly number[];
      readonly data: Hdf5Written;
    }
  | { readonly kind: 'close'; readonly file: number };

/** What each request is answered with. */
export interface Hdf5Answers {
  readonly open: number;
  readonly create: number;
  readonly nodes: readonly Hdf5Node[];
  readonly read: Hdf5Numbers;
  readonly 'read-text': string;
  readonly 'make-group': undefined;
  readonly 'make-dataset': undefined;
  readonly close: undefined;
}

export type Hdf5Response =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly answer: Hdf5Answers[keyof Hdf5Answers] }
  | {
      readonly kind: 'failed';
      readonly problem: string;
      /** The library is not to be called again. */
      readonly isFatal: boolean;
    };

/** The first thing that the thread is told. */
export interface Hdf5ThreadData {
  readonly port: MessagePort;
  /** One 32-bit number, raised with every response. */
  readonly signal: SharedArrayBuffer;
}
