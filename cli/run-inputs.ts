import { type Diagnostic, diagnostic } from '../compiler/diagnostics.js';
import type { Graph } from '../compiler/ir/graph.js';
import { sameShape, type Shape } from '../compiler/ir/types.js';
import type { Blob, Layer, Net } from '../compiler/net/net.js';
import { didYouMean } from '../compiler/suggestion.js';

import { readNpy } from '../runtime/arrays/npy.js';
import type { Tensor } from '../runtime/tensor.js';

import { readBytes } from './files.js';

type Tensors = ReadonlyMap<string, Tensor>;

export interface ReadArrays {
  /** By input blob. */
  readonly arrays: Tensors;
  readonly diagnostics: readonly Diagnostic[];
}

/** The arrays that were given with `--input`. */
export function readArrays(files: ReadonlyMap<string, string>): ReadArrays {
  const arrays = new Map<string, Tensor>();
  const diagnostics: Diagnostic[] = [];
  for (const [input, file] of files) {
    const read = readNpy(file, readBytes(file));
    diagnostics.push(...read.diagnostics);
    if (read.value === undefined) continue;
    arrays.set(input, { dtype: 'float32', ...read.value });
  }
  return { arrays, diagnostics };
}

/** What a net is fed beside what its own data layers read. */
export interface RunInputs {
  /** The values of pass `pass`, counted from 0. */
  readonly at: (pass: number) => Tensors;
  readonly diagnostics: readonly Diagnostic[];
}

export interface InputRequest {
  readonly net: Net;
  readonly files: ReadonlyMap<string, string>;
  readonly arrays: Tensors;
  /** Inputs that the net's own data layers fill. */
  readonly filled: ReadonlySet<string>;
  /** Inputs on which what is wanted depends. */
  readonly needed: ReadonlySet<string>;
}

/** Sets the arrays against the net's inputs. */
export function runInputs(request: InputRequest): RunInputs {
  const { net, files, arrays } = request;
  const memory = net.layers.filter(isMemory);
  const inMemory = new Set(
    memory.flatMap(({ tops }) => tops.map(({ name }) => name)),
  );
  const diagnostics = [
    ...unknownInputs(net, files),
    ...net.inputs.flatMap((blob) =>
      mistakesOf(blob, request, inMemory.has(blob.name)),
    ),
    ...memory.flatMap((layer) => unequalRecords(layer, arrays)),
  ];
  const at = (pass: number): Tensors =>
    new Map(
      net.inputs.flatMap(({ name, shape = [] }): [string, Tensor][] => {
        const array = arrays.get(name);
        if (array === undefined) return [];
        return [
          [name, inMemory.has(name) ? batchOf(array, shape, pass) : array],
        ];
      }),
    );
  return { at, diagnostics };
}

const isMemory = ({ type }: Layer): boolean => type === 'MemoryData';

/**
 * The records of a pass: from batch to batch, and from the first one on again
 * (memory_data_layer.cpp, Forward).
 */
function batchOf({ data, shape }: Tensor, batch: Shape, pass: number): Tensor {
  const floats = data as Float32Array;
  const [records = 1] = shape;
  const [size = 1] = batch;
  const length = (floats.length / records) * size;
  const from = (pass % (records / size)) * length;
  const values = floats.subarray(from, from + length);
  return { dtype: 'float32', shape: batch, data: values };
}

function unknownInputs(
  { inputs }: Net,
  files: ReadonlyMap<string, string>,
): readonly Diagnostic[] {
  const names = inputs.map(({ name }) => name);
  return [...files.keys()]
    .filter((input) => !names.includes(input))
    .map((input) => {
      const notes = didYouMean(input, names);
      return diagnostic('run/unknown-input', { input }, { notes });
    });
}

function mistakesOf(
  { name: input, shape = [], span }: Blob,
  { files, arrays, filled, needed }: InputRequest,
  isInMemory: boolean,
): readonly Diagnostic[] {
  if (filled.has(input)) return [];
  const file = files.get(input);
  if (file === undefined) {
    if (!needed.has(input)) return [];
    const notes = [{ message: `give them with --input ${input}=FILE.npy` }];
    return [diagnostic('run/missing-input', { input, shape }, { span, notes })];
  }
  // What is wrong with the file itself was told.
  const found = arrays.get(input)?.shape ?? shape;
  if (sameShape(found, shape)) return [];
  if (isInMemory && sameShape(found.slice(1), shape.slice(1))) {
    const [records = 0] = found;
    const [batch = 1] = shape;
    // As Caffe checks (memory_data_layer.cpp, Reset).
    if (records > 0 && records % batch === 0) return [];
    const facts = { input, file, records, batch };
    return [diagnostic('run/input-records', facts, { span })];
  }
  const message = `--input-shape ${input}=${found.join(',')} sets the net to it`;
  const facts = { input, file, found, shape };
  return [diagnostic('run/input-shape', facts, { span, notes: [{ message }] })];
}

/** Caffe takes both tops of a MemoryData layer together. */
function unequalRecords(
  { name: layer, tops }: Layer,
  arrays: Tensors,
): readonly Diagnostic[] {
  const [first, second] = tops.flatMap(({ name, span }) => {
    const [records] = arrays.get(name)?.shape ?? [];
    return records === undefined ? [] : [{ name, span, records }];
  });
  if (first === undefined || second === undefined) return [];
  if (first.records === second.records) return [];
  return [
    diagnostic(
      'run/unequal-records',
      {
        layer,
        input: second.name,
        records: second.records,
        other: first.name,
        otherRecords: first.records,
      },
      { span: second.span },
    ),
  ];
}

/** The inputs that the function `predict` reads, or gives back. */
export function neededInputs({
  functions,
}: Graph<'physical'>): ReadonlySet<string> {
  const predict = functions.find(({ name }) => name === 'predict');
  if (predict === undefined) return new Set();
  const read = new Set([
    ...predict.ops.flatMap((op) => op.inputs),
    ...[...predict.outputs, ...predict.stores].map(({ value }) => value),
  ]);
  return new Set(
    predict.inputs.flatMap(({ name, value }) => (read.has(value) ? name : [])),
  );
}

/**
 * Tops of data layers that stay empty: another top of the layer was given, and no layer reads
 * these. They are no outputs then.
 */
export function emptyTops(
  net: Net,
  files: ReadonlyMap<string, string>,
): ReadonlySet<Blob> {
  const isGiven = ({ name }: Blob): boolean => files.has(name);
  return new Set(
    net.layers
      .filter(({ type, tops }) => type !== 'Input' && tops.some(isGiven))
      .flatMap(({ setUp, tops }) => (setUp?.fed === true ? tops : []))
      .filter((blob) => !isGiven(blob)),
  );
}
