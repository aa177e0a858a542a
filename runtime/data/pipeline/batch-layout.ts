import { elementCount, type Shape } from '../../../compiler/ir/types.js';

import type { Tensor } from '../../tensor.js';
import type { LayerPlan } from '../layers/layer-plan.js';

/** Where a top of a data layer stands in the memory of a pass. */
interface Place {
  readonly name: string;
  readonly shape: Shape;
  /** In bytes. */
  readonly offset: number;
}

/** Tops begin where processors like them to. */
const alignment = 64;

/** How the tops of all data layers of a net share the memory of one pass. */
export class BatchLayout {
  /** Of each layer, in order. */
  readonly #places: readonly (readonly Place[])[];
  readonly bytes: number;

  constructor(layers: readonly LayerPlan[]) {
    let bytes = 0;
    this.#places = layers.map(({ tops }) =>
      tops.map(({ name, shape }): Place => {
        const offset = bytes;
        const length = 4 * elementCount(shape);
        bytes += Math.ceil(length / alignment) * alignment;
        return { name, shape, offset };
      }),
    );
    this.bytes = bytes;
  }

  /** The tops of layer number `layer`. */
  topsOf(layer: number, memory: SharedArrayBuffer): readonly Float32Array[] {
    return (this.#places[layer] ?? []).map((place) => viewOf(place, memory));
  }

  /** The tops of all layers, by name. */
  tensorsIn(memory: SharedArrayBuffer): ReadonlyMap<string, Tensor> {
    return new Map(
      this.#places.flat().map((place) => {
        const data = viewOf(place, memory);
        return [place.name, { dtype: 'float32', shape: place.shape, data }];
      }),
    );
  }
}

const viewOf = (
  { shape, offset }: Place,
  memory: SharedArrayBuffer,
): Float32Array => new Float32Array(memory, offset, elementCount(shape));
