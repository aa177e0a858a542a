import type { Blob, Layer, Net } from '../net/net.js';

/** A blob under the name that a layer knows it by. */
export interface KnownBlob {
  readonly name: string;
  readonly blob: Blob;
}

/** A layer of the net, or one that Caffe puts behind a blob that several layers read. */
export interface SplitLayer {
  readonly name: string;
  /** undefined: a Split of Caffe's own. */
  readonly layer: Layer | undefined;
  readonly bottoms: readonly KnownBlob[];
  readonly tops: readonly KnownBlob[];
}

const known = (blob: Blob): KnownBlob => ({ name: blob.name, blob });

/** Who reads a blob, as Caffe counts: other layers, and a loss weight that is written out. */
class Readings {
  readonly #readers = new Map<Blob, number>();
  readonly #losses = new Set<Blob>();
  readonly #given = new Map<Blob, number>();

  constructor({ layers }: Net) {
    for (const { bottoms, tops, message } of layers) {
      for (const blob of bottoms) this.#count(blob);
      const weights = message.get('loss_weight');
      for (const blob of tops) {
        if ((weights[blob.index] ?? 0) === 0) continue;
        this.#count(blob);
        this.#losses.add(blob);
      }
    }
  }

  #count(blob: Blob): void {
    this.#readers.set(blob, this.of(blob) + 1);
  }

  of(blob: Blob): number {
    return this.#readers.get(blob) ?? 0;
  }

  /** The name by which the next reader knows the blob; a loss is the first reader. */
  next(blob: Blob): string {
    if (this.of(blob) < 2) return blob.name;
    const first = this.#losses.has(blob) ? 1 : 0;
    const number = this.#given.get(blob) ?? first;
    this.#given.set(blob, number + 1);
    return `${splitName(blob)}_${number}`;
  }
}

const splitName = ({ name, producer, index }: Blob): string =>
  `${name}_${producer}_${index}_split`;

/** The layers in the order in which Caffe runs them, with its Splits (insert_splits.cpp). */
export function withSplits(net: Net): readonly SplitLayer[] {
  const readings = new Readings(net);
  return net.layers.flatMap((layer): readonly SplitLayer[] => [
    {
      name: layer.name,
      layer,
      bottoms: layer.bottoms.map((blob) => ({
        name: readings.next(blob),
        blob,
      })),
      tops: layer.tops.map(known),
    },
    ...layer.tops
      .filter((blob) => readings.of(blob) > 1)
      .map((blob) => ({
        name: splitName(blob),
        layer: undefined,
        bottoms: [known(blob)],
        tops: Array.from({ length: readings.of(blob) }, (_, number) => ({
          name: `${splitName(blob)}_${number}`,
          blob,
        })),
      })),
  ]);
}
