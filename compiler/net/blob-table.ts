import type { Span } from '../../grammar/source.js';

import type { Note } from '../diagnostics.js';
import type { Shape } from '../ir/types.js';
import { layerTypes } from '../layers/index.js';
import type { Message } from '../schema/message.js';
import { didYouMean } from '../suggestion.js';
import type { Blob } from './net.js';
import type { Report } from './report.js';

/**
 * The blobs that the layers so far have made, by name: which of them a layer reads, which it
 * may overwrite, and which nobody has read, the net's outputs.
 */
export class BlobTable {
  private readonly blobs = new Map<string, Blob>();
  private readonly readings = new Map<Blob, number>();
  private readonly unread = new Map<string, Blob>();
  private readonly losses: Blob[] = [];
  /** Where each blob is a top. */
  private readonly makers: ReadonlyMap<string, readonly Span[]>;
  private readonly report: Report;

  constructor(layers: readonly Message<'LayerParameter'>[], report: Report) {
    this.makers = makersIn(layers);
    this.report = report;
  }

  /** The blobs that a layer reads; those that are not there are told of and left out. */
  bottomsOf(message: Message<'LayerParameter'>): readonly Blob[] {
    const layer = message.get('name');
    return message.get('bottom').flatMap((name, index) => {
      const blob = this.blobs.get(name);
      if (blob === undefined) {
        this.report(
          'net/unknown-bottom',
          { layer, bottom: name },
          message.spanOf('bottom', index),
          this.madeBelow(message, name) ?? didYouMean(name, this.blobs.keys()),
        );
        return [];
      }
      this.unread.delete(name);
      this.readings.set(blob, (this.readings.get(blob) ?? 0) + 1);
      return [blob];
    });
  }

  private madeBelow(
    { span: { end } }: Message<'LayerParameter'>,
    name: string,
  ): readonly Note[] | undefined {
    const span = this.makers.get(name)?.find((place) => place.start > end);
    return span && [{ message: `'${name}' is made here, below`, span }];
  }

  /**
   * The blobs that a layer makes. `shapes`: undefined where the layer was not set up;
   * `isComplete`: whether all its bottoms are there.
   */
  addTops(
    message: Message<'LayerParameter'>,
    shapes: readonly Shape[] | undefined,
    isComplete: boolean,
  ): readonly Blob[] {
    const layer = message.get('name');
    return topNames(message).map((name, index) => {
      const span = message.spanOf('top', index);
      const existing = this.blobs.get(name);
      // Between layers of which one was told to lack a bottom this would only follow.
      if (
        existing !== undefined &&
        isComplete &&
        existing.shape !== undefined &&
        !this.mayOverwrite(existing, message, index)
      ) {
        this.report('net/duplicate-top', { layer, top: name }, span, [
          { message: `'${name}' is made here`, span: existing.span },
        ]);
      }
      const blob: Blob = {
        name,
        shape: shapes?.[index],
        producer: layer,
        index,
        lossWeight: lossWeight(message, index),
        span,
      };
      if (index >= message.get('top').length) return blob;
      this.blobs.set(name, blob);
      this.unread.set(name, blob);
      // Caffe splits a loss that is read as well, so that it stays an output.
      if ((message.get('loss_weight')[index] ?? 0) !== 0) {
        this.losses.push(blob);
        this.readings.set(blob, 1);
      }
      return blob;
    });
  }

  /**
   * In place: the top has the name of the bottom beside it. Caffe splits a blob that several
   * layers read, under new names (insert_splits.cpp), so that then nothing is in place.
   */
  private mayOverwrite(
    existing: Blob,
    message: Message<'LayerParameter'>,
    index: number,
  ): boolean {
    return (
      message.get('bottom')[index] === existing.name &&
      this.readings.get(existing) === 1
    );
  }

  /** In the order of their names, as Caffe has them (net.cpp keeps them in a set). */
  get outputs(): readonly Blob[] {
    return [...new Set([...this.unread.values(), ...this.losses])].toSorted(
      (a, b) => (a.name < b.name ? -1 : 1),
    );
  }
}

/** Loss layers make their first top also where it is not written (net.cpp, AppendTop). */
export function topNames(
  message: Message<'LayerParameter'>,
): readonly string[] {
  const written = message.get('top');
  const isLoss = layerTypes[message.get('type')]?.isLoss === true;
  return written.length === 0 && isLoss ? ['(automatic)'] : written;
}

/**
 * The weight of a top in the loss; where none is written 1 for the first top of a loss layer
 * (loss_layer.cpp, LayerSetUp).
 */
function lossWeight(message: Message<'LayerParameter'>, index: number): number {
  const written = message.get('loss_weight');
  if (written.length > 0) return written[index] ?? 0;
  const isLoss = layerTypes[message.get('type')]?.isLoss === true;
  return isLoss && index === 0 ? 1 : 0;
}

function makersIn(
  layers: readonly Message<'LayerParameter'>[],
): ReadonlyMap<string, readonly Span[]> {
  const makers = new Map<string, Span[]>();
  for (const message of layers) {
    for (const [index, name] of message.get('top').entries()) {
      const known = makers.get(name);
      const span = message.spanOf('top', index);
      if (known === undefined) makers.set(name, [span]);
      else known.push(span);
    }
  }
  return makers;
}
