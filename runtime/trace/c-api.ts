import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as Koffi from 'koffi';

import { requireNative } from '../native/status.js';

/** A pointer, as koffi gives it. */
export type Pointer = unknown;

/** The place of a tensor: output `index` of an operation. */
export interface OutputPlace {
  readonly oper: Pointer;
  readonly index: number;
}

/**
 * The part of TensorFlow's C interface (c_api.h) that runs a SavedModel and tells how long
 * its nodes took, which tfjs does not hand on.
 */
export interface CApi {
  newStatus(): Pointer;
  deleteStatus(status: Pointer): void;
  statusCode(status: Pointer): number;
  statusText(status: Pointer): string;
  newGraph(): Pointer;
  deleteGraph(graph: Pointer): void;
  newSessionOptions(): Pointer;
  deleteSessionOptions(options: Pointer): void;
  newBuffer(): Pointer;
  newBufferOf(bytes: Uint8Array, length: number): Pointer;
  deleteBuffer(buffer: Pointer): void;
  loadSession(
    options: Pointer,
    runOptions: Pointer,
    folder: string,
    tags: readonly string[],
    tagCount: number,
    graph: Pointer,
    metaGraph: null,
    status: Pointer,
  ): Pointer;
  deleteSession(session: Pointer, status: Pointer): void;
  operation(graph: Pointer, name: string): Pointer;
  newTensor(
    type: number,
    sizes: BigInt64Array,
    rank: number,
    bytes: number,
  ): Pointer;
  tensorData(tensor: Pointer): Pointer;
  /** A number of TF_DataType. */
  tensorType(tensor: Pointer): number;
  tensorRank(tensor: Pointer): number;
  tensorSize(tensor: Pointer, axis: number): number | bigint;
  tensorBytes(tensor: Pointer): number | bigint;
  deleteTensor(tensor: Pointer): void;
  run(
    session: Pointer,
    runOptions: Pointer,
    inputs: readonly OutputPlace[],
    inputValues: readonly Pointer[],
    inputCount: number,
    outputs: readonly OutputPlace[],
    outputValues: Pointer[],
    outputCount: number,
    targets: null,
    targetCount: number,
    metadata: Pointer,
    status: Pointer,
  ): void;
  /** The bytes that a TF_Buffer holds, copied. */
  bytesOf(buffer: Pointer): Uint8Array;
  /** So many bytes from an address on, copied. */
  copyOf(data: Pointer, length: number): ArrayBuffer;
  /** Copies values into memory of TensorFlow's. */
  fill(target: Pointer, values: Float32Array | Int32Array): void;
}

/** RTLD_LAZY and RTLD_NODELETE of dlfcn.h. */
const lazyAndForGood = 0x1001;

let loaded: CApi | undefined;

/** Loads the library when it is first wanted; it is the one that tfjs loads. */
export function cApi(): CApi {
  loaded ??= load();
  return loaded;
}

function load(): CApi {
  requireNative();
  const require = createRequire(import.meta.url);
  const koffi = require('koffi') as typeof Koffi;
  const folder = join(
    dirname(require.resolve('@tensorflow/tfjs-node-gpu/package.json')),
    'deps',
    'lib',
  );
  const framework = join(folder, 'libtensorflow_framework.so.2');
  const whole = join(folder, 'libtensorflow_cc.so.2');
  koffi.load(framework, { global: true, lazy: true });
  const library = koffi.load(whole, { lazy: true });
  // Its threads run on when the process ends: it must not be taken from under them.
  const keep = koffi
    .load(null)
    .func('void *dlopen(const char *path, int flags)');
  for (const path of [framework, whole]) keep(path, lazyAndForGood);
  koffi.struct('TF_Output', { oper: 'void *', index: 'int' });
  koffi.struct('TF_Buffer', {
    data: 'void *',
    length: 'size_t',
    data_deallocator: 'void *',
  });
  const declared = (text: string): never => library.func(text) as never;
  return {
    newStatus: declared('void *TF_NewStatus()'),
    deleteStatus: declared('void TF_DeleteStatus(void *status)'),
    statusCode: declared('int TF_GetCode(void *status)'),
    statusText: declared('const char *TF_Message(void *status)'),
    newGraph: declared('void *TF_NewGraph()'),
    deleteGraph: declared('void TF_DeleteGraph(void *graph)'),
    newSessionOptions: declared('void *TF_NewSessionOptions()'),
    deleteSessionOptions: declared(
      'void TF_DeleteSessionOptions(void *options)',
    ),
    newBuffer: declared('TF_Buffer *TF_NewBuffer()'),
    newBufferOf: declared(
      'TF_Buffer *TF_NewBufferFromString(const uint8_t *bytes, size_t length)',
    ),
    deleteBuffer: declared('void TF_DeleteBuffer(TF_Buffer *buffer)'),
    loadSession: declared(
      'void *TF_LoadSessionFromSavedModel(void *options, TF_Buffer *run_options, const char *folder, const char **tags, int tag_count, void *graph, TF_Buffer *meta_graph, void *status)',
    ),
    deleteSession: declared(
      'void TF_DeleteSession(void *session, void *status)',
    ),
    operation: declared(
      'void *TF_GraphOperationByName(void *graph, const char *name)',
    ),
    newTensor: declared(
      'void *TF_AllocateTensor(int type, const int64_t *sizes, int rank, size_t bytes)',
    ),
    tensorData: declared('void *TF_TensorData(void *tensor)'),
    tensorType: declared('int TF_TensorType(void *tensor)'),
    tensorRank: declared('int TF_NumDims(void *tensor)'),
    tensorSize: declared('int64_t TF_Dim(void *tensor, int axis)'),
    tensorBytes: declared('size_t TF_TensorByteSize(void *tensor)'),
    deleteTensor: declared('void TF_DeleteTensor(void *tensor)'),
    run: declared(
      'void TF_SessionRun(void *session, TF_Buffer *run_options, const TF_Output *inputs, void **input_values, int input_count, const TF_Output *outputs, _Out_ void **output_values, int output_count, void **targets, int target_count, TF_Buffer *metadata, void *status)',
    ),
    bytesOf: (buffer) => {
      const { data, length } = koffi.decode(buffer, 'TF_Buffer') as {
        readonly data: Pointer;
        readonly length: number;
      };
      return new Uint8Array(koffi.view(data, length).slice(0));
    },
    copyOf: (data, length) => koffi.view(data, length).slice(0),
    fill: (target, values) => {
      const memory = koffi.view(target, values.byteLength);
      new Uint8Array(memory).set(
        new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
      );
    },
  };
}
