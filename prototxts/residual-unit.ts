import type { Message } from './layer.js';
import type { NetBuilder } from './net-builder.js';

/** What a unit changes: nothing (an identity shortcut), or channels and size. */
export interface UnitShape {
  /** Channels of the top; the bottleneck inside is narrower. */
  readonly channels: number;
  /** Written for a unit whose shortcut is a 1x1 convolution of this stride. */
  readonly projection?: { readonly stride: 1 | 2 };
}

/**
 * A bottleneck residual unit: three convolutions (`branch1`) added to a shortcut, which
 * is the bottom itself or its projection (`branch2`). The family comes in two kinds that
 * also differ in how the authors named the parts of a module.
 */
export interface ResidualUnit {
  /** The first part of the nets' names. */
  readonly family: string;
  readonly title: string;
  /** The `param` blocks of every convolution of such a net. */
  readonly convolutionRates: readonly Message[];
  readonly names: {
    readonly downSample: string;
    readonly upSample: string;
    /** The product of trunk and mask in the module `module`. */
    readonly attended: (module: string) => string;
  };

  /** Activates a blob where this kind has left it as a bare sum: before it is read. */
  activate(net: NetBuilder, blob: string): string;

  add(net: NetBuilder, name: string, bottom: string, shape: UnitShape): string;
}
