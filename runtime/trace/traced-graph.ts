import { invariant } from '../../compiler/diagnostics.js';
import { elementCount } from '../../compiler/ir/types.js';

import { withoutLoadLog } from '../native/held-stderr.js';
import { runtimeFailure } from '../runtime-failure.js';
import type { Feed, Tensor } from '../tensor.js';
import { type CApi, cApi, type OutputPlace, type Pointer } from './c-api.js';
import { fullTrace } from './step-stats.js';

/** What a call is: tensors by name (`x:0`). */
export interface TracedCall {
  readonly feeds: readonly Feed[];
  /** What TensorFlow computes. */
  readonly fetches: readonly string[];
  /** Of these the ones whose values are wanted: they are copied once the call is over. */
  readonly read: readonly string[];
  readonly traced: boolean;
}

/** What a call took and gave. */
export interface TracedRun {
  /** Of the call alone, without what it is given and gives. */
  readonly milliseconds: number;
  /** In the order of `read`. */
  readonly tensors: readonly Tensor[];
  /** TensorFlow's RunMetadata; undefined where the call was not traced. */
  readonly metadata: Uint8Array | undefined;
}

/** Numbers of TF_DataType (tf_datatype.h). */
const dataTypes = { float32: 1, int32: 3 } as const;

/**
 * A SavedModel in a session of the C interface, whose calls tell what each kernel took. A
 * call blocks the thread.
 */
export class TracedGraph {
  private readonly api: CApi;
  private readonly graph: Pointer;
  private readonly session: Pointer;
  private readonly status: Pointer;

  /** @throws {RuntimeFailure} Where TensorFlow does not load the folder. */
  constructor(folder: string) {
    const api = withoutLoadLog(cApi);
    this.api = api;
    this.status = api.newStatus();
    this.graph = api.newGraph();
    const options = api.newSessionOptions();
    // The first one says which kernels TensorFlow has chosen.
    this.session = withoutLoadLog(() =>
      api.loadSession(
        options,
        null,
        folder,
        ['serve'],
        1,
        this.graph,
        null,
        this.status,
      ),
    );
    api.deleteSessionOptions(options);
    this.requireOk();
  }

  private requireOk(): void {
    if (this.api.statusCode(this.status) === 0) return;
    throw runtimeFailure(this.api.statusText(this.status));
  }

  private placeOf(tensor: string): OutputPlace {
    const [name = '', index = '0'] = tensor.split(':');
    return { oper: this.api.operation(this.graph, name), index: Number(index) };
  }

  private newTensor({ dtype, shape, data }: Tensor): Pointer {
    invariant(
      dtype !== 'string' &&
        (data instanceof Float32Array || data instanceof Int32Array),
      'only numbers are fed',
    );
    const sizes = BigInt64Array.from(shape, BigInt);
    const tensor = this.api.newTensor(
      dataTypes[dtype],
      sizes,
      shape.length,
      4 * elementCount(shape),
    );
    this.api.fill(this.api.tensorData(tensor), data);
    return tensor;
  }

  private read(tensor: Pointer): Tensor {
    const { api } = this;
    const shape = Array.from({ length: api.tensorRank(tensor) }, (_, axis) =>
      Number(api.tensorSize(tensor, axis)),
    );
    const type = api.tensorType(tensor);
    const bytes = api.copyOf(
      api.tensorData(tensor),
      Number(api.tensorBytes(tensor)),
    );
    if (type === dataTypes.float32) {
      return { dtype: 'float32', shape, data: new Float32Array(bytes) };
    }
    invariant(type === dataTypes.int32, 'only numbers are read');
    return { dtype: 'int32', shape, data: new Int32Array(bytes) };
  }

  /** @throws {RuntimeFailure} With TensorFlow's words and the node that failed. */
  run({ feeds, fetches, read, traced }: TracedCall): TracedRun {
    const { api } = this;
    const fed = feeds.map(({ tensor }) => this.newTensor(tensor));
    const places = feeds.map(({ name }) => this.placeOf(name));
    const wanted = fetches.map((tensor) => this.placeOf(tensor));
    const results: Pointer[] = fetches.map(() => null);
    const options = traced
      ? api.newBufferOf(fullTrace, fullTrace.length)
      : null;
    const metadata = traced ? api.newBuffer() : null;
    try {
      const start = performance.now();
      api.run(
        this.session,
        options,
        places,
        fed,
        fed.length,
        wanted,
        results,
        wanted.length,
        null,
        0,
        metadata,
        this.status,
      );
      const milliseconds = performance.now() - start;
      this.requireOk();
      return {
        milliseconds,
        tensors: read.map((name) => this.read(results[fetches.indexOf(name)])),
        metadata: metadata === null ? undefined : api.bytesOf(metadata),
      };
    } finally {
      for (const tensor of [...fed, ...results]) {
        if (tensor !== null) api.deleteTensor(tensor);
      }
      for (const buffer of [options, metadata]) {
        if (buffer !== null) api.deleteBuffer(buffer);
      }
    }
  }

  close(): void {
    this.api.deleteSession(this.session, this.status);
    this.api.deleteGraph(this.graph);
    this.api.deleteStatus(this.status);
  }
}
