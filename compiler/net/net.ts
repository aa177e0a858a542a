import type { Span } from '../../grammar/source.js';

import type { Shape } from '../ir/types.js';
import type { ParameterSpec, Phase, SetUp } from '../layers/define-layer.js';
import type { Message } from '../schema/message.js';

/**
 * One value of a blob. A layer that works in place makes a new Blob of the same name:
 * nothing is overwritten.
 */
export interface Blob {
  readonly name: string;
  /** Caffe's order of axes; undefined where a layer before could not be set up. */
  readonly shape: Shape | undefined;
  /** Name of the layer whose top it is, and the number of that top. */
  readonly producer: string;
  readonly index: number;
  /** By which its sum counts in the net's loss; 0: not at all. */
  readonly lossWeight: number;
  readonly span: Span;
}

/** A blob of parameters, owned by one layer and perhaps shared by others by name. */
export interface Parameter {
  readonly layer: string;
  /** Its number among the layer's blobs, as weight files count them. */
  readonly index: number;
  /** What its variable is called: `<layer>/<index>`, unique in the net. */
  readonly variable: string;
  /** Whose values these are, where a name shares them; its count is equal, its shape may not be. */
  readonly owner: Parameter | undefined;
  readonly spec: ParameterSpec;
  readonly lrMult: number;
  readonly decayMult: number;
  readonly span: Span;
}

export interface Layer {
  readonly name: string;
  readonly type: string;
  readonly message: Message<'LayerParameter'>;
  readonly bottoms: readonly Blob[];
  readonly tops: readonly Blob[];
  /** In the order of the layer's blobs. */
  readonly parameters: readonly Parameter[];
  /** undefined where the layer was refused or its bottoms are unknown. */
  readonly setUp: SetUp | undefined;
}

export interface Net {
  readonly name: string;
  readonly phase: Phase;
  readonly layers: readonly Layer[];
  /** Gradients of all inputs and parameters are wanted, whatever their multipliers. */
  readonly forceBackward: boolean;
  /** Tops that somebody fills before each pass: those of Input and data layers. */
  readonly inputs: readonly Blob[];
  /** What no layer reads, and what has a loss weight, by name, as Caffe orders them. */
  readonly outputs: readonly Blob[];
}

/** The value that a blob has after a whole forward pass. */
export function finalBlob(net: Net, name: string): Blob | undefined {
  return net.layers
    .flatMap((layer) => layer.tops)
    .findLast((blob) => blob.name === name);
}
