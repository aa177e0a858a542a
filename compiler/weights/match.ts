import type { Span } from '../../grammar/source.js';

import {
  type Diagnostic,
  diagnostic,
  isError,
  type Note,
} from '../diagnostics.js';
import {
  numberedBlobs,
  type WeightBlob,
  type WeightFile,
  type WeightLayer,
} from './weight-file.js';

/** A parameter of the net that wants its values. */
export interface TargetParameter {
  readonly layer: string;
  /** Its number among the layer's blobs. */
  readonly index: number;
  readonly shape: readonly number[];
  /** Whether it is another layer's; a file may then leave it out here. */
  readonly shared?: boolean | undefined;
  readonly span?: Span | undefined;
}

/** A layer of the net; also those without parameters, for Caffe compares their number. */
export interface TargetLayer {
  readonly name: string;
  readonly type: string;
  readonly span?: Span | undefined;
  readonly parameters: readonly TargetParameter[];
}

export interface Assignment {
  readonly target: TargetParameter;
  readonly blob: WeightBlob;
}

/** A layer with blobs that no layer of the net takes. */
export interface UnusedLayer {
  readonly file: string;
  readonly name: string;
  readonly type: string;
  readonly blobs: number;
}

export interface Matched {
  /** Empty when there is an error among the diagnostics: never half the weights. */
  readonly assignments: readonly Assignment[];
  /** Layers with parameters that are in none of the files. */
  readonly missing: readonly string[];
  readonly unused: readonly UnusedLayer[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Finds the values of a net's parameters in weight files as Caffe's CopyTrainedLayersFrom
 * does: by the name of the layer; of several files, or several layers of one name in a
 * file, the last wins; of several layers of one name in the net the first is filled.
 */
export function matchWeights(
  files: readonly WeightFile[],
  net: readonly TargetLayer[],
): Matched {
  const diagnostics: Diagnostic[] = [];
  const found = new Map<TargetParameter, WeightBlob>();
  const filled = new Set<string>();
  const unused: UnusedLayer[] = [];
  const targets = new Map<string, TargetLayer>();
  for (const layer of net)
    if (!targets.has(layer.name)) targets.set(layer.name, layer);

  for (const file of files) {
    for (const layer of file.layers) {
      const target = targets.get(layer.name);
      if (target !== undefined) {
        filled.add(layer.name);
        diagnostics.push(...fillLayer(layer, target, found));
      } else if (layer.blobs.length > 0) {
        const { name, type, blobs } = layer;
        unused.push({ file: file.path, name, type, blobs: blobs.length });
      }
    }
  }

  const missing: string[] = [];
  for (const { name, parameters, span } of targets.values()) {
    if (parameters.length === 0 || filled.has(name)) continue;
    missing.push(name);
    diagnostics.push(
      diagnostic('weights/missing-layer', { layer: name }, { span }),
    );
  }
  const assignments = diagnostics.some(isError)
    ? []
    : Array.from(found, ([target, blob]) => ({ target, blob }));
  return { assignments, missing, unused, diagnostics };
}

function fillLayer(
  layer: WeightLayer,
  target: TargetLayer,
  found: Map<TargetParameter, WeightBlob>,
): readonly Diagnostic[] {
  const blobs = new Map(numberedBlobs(layer));
  if (!fitsInNumber(layer, target, blobs))
    return [
      diagnostic(
        'weights/blob-number',
        {
          layer: layer.name,
          file: layer.blobs.length,
          net: target.parameters.length,
        },
        { span: target.span },
      ),
    ];
  return target.parameters.flatMap((parameter, index) => {
    const blob = blobs.get(index);
    if (blob === undefined) return [];
    if (shapeEquals(blob, parameter.shape)) {
      found.set(parameter, blob);
      return [];
    }
    return diagnostic(
      'weights/shape-mismatch',
      {
        layer: layer.name,
        blob: index,
        file: blob.shape,
        net: parameter.shape,
      },
      {
        span: parameter.span ?? target.span,
        notes: notesOn(target.type, blob.shape, parameter.shape),
      },
    );
  });
}

/**
 * Files that leave out shared blobs (HDF5) have to have all others, and none beyond; other
 * files have to have exactly as many as the net.
 */
const fitsInNumber = (
  { numbers, blobs }: WeightLayer,
  { parameters }: TargetLayer,
  found: ReadonlyMap<number, WeightBlob>,
): boolean =>
  numbers === undefined
    ? blobs.length === parameters.length
    : numbers.every((number) => number < parameters.length) &&
      parameters.every(
        ({ shared }, index) => found.has(index) || shared === true,
      );

/**
 * Caffe's Blob::ShapeEquals: the old four numbers are compared with the net's shape, ones
 * put before it up to four axes; shapes proper must be equal.
 */
function shapeEquals(blob: WeightBlob, shape: readonly number[]): boolean {
  const wanted =
    blob.storedAs === 'nchw' && shape.length <= 4
      ? [...Array.from({ length: 4 - shape.length }, () => 1), ...shape]
      : shape;
  return (
    wanted.length === blob.shape.length &&
    wanted.every((size, axis) => size === blob.shape[axis])
  );
}

/**
 * A classifier whose number of inputs is a multiple of what it was trained with: the net is
 * run on larger or smaller images than it was made for.
 */
function notesOn(
  type: string,
  file: readonly number[],
  net: readonly number[],
): readonly Note[] {
  const [outputsThere, inputsThere] = file.slice(-2);
  const [outputs, inputs] = net;
  if (
    type !== 'InnerProduct' ||
    net.length !== 2 ||
    inputs === undefined ||
    inputsThere === undefined ||
    outputs !== outputsThere ||
    inputs === inputsThere ||
    Math.max(inputs, inputsThere) % Math.min(inputs, inputsThere) !== 0
  )
    return [];
  return [
    {
      message: `the layer was trained with ${inputsThere} inputs and gets ${inputs} here, as happens when the input of the net has another size; \`--global-pool\` makes the last average pool global, which fits any size`,
    },
  ];
}
