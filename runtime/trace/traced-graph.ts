import { invariant } from '../../compiler/diagnostics.js';
import type { EmittedFunction } from '../../compiler/emit/graph-def.js';
import { elementCount } from '../../compiler/ir/types.js';

import { runtimeFailure } from '../runtime-failure.js';
import type { Tensor } from '../tensor.js';
import { type CApi, cApi, type OutputPlace, type Pointer } from './c-api.js';
import { fullTrace, type NodeTime, nodeTimes } from './step-stats.js';

/** What a call took. */
export interface TimedCall {
  readonly milliseconds: number;
  /** The outputs that are one float, by name. */
  readonly scalars: ReadonlyMap<string, number>;
  /** Of each kernel; empty where the call was not traced. */
  readonly nodes: readonly NodeTime[];
}

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
    const api = cApi();
    this.api = api;
    this.status = api.newStatus();
    this.graph = api.newGraph();
    const options = api.newSessionOptions();
    this.session = api.loadSession(
      options,
      null,
      folder,
      ['serve'],
      1,
      this.graph,
      null,
      this.status,
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

  /** Calls a function with all its outputs and stores; `inputs` by name. */
  call(
    { inputs, outputs, done }: EmittedFunction,
    values: ReadonlyMap<string, Tensor>,
    traced: boolean,
  ): TimedCall {
    const { api } = this;
    const wanted = [
      ...Array.from(outputs.values(), ({ tensor }) => tensor),
      ...(done === undefined ? [] : [done]),
    ];
    const fed = Array.from(inputs, ([name, { tensor }]) => {
      const value = values.get(name);
      invariant(value !== undefined, `nothing is fed to '${name}'`);
      return { place: this.placeOf(tensor), value: this.newTensor(value) };
    });
    const results: Pointer[] = wanted.map(() => null);
    const options = traced
      ? api.newBufferOf(fullTrace, fullTrace.length)
      : null;
    const metadata = traced ? api.newBuffer() : null;
    const start = performance.now();
    api.run(
      this.session,
      options,
      fed.map(({ place }) => place),
      fed.map(({ value }) => value),
      fed.length,
      wanted.map((tensor) => this.placeOf(tensor)),
      results,
      wanted.length,
      null,
      0,
      metadata,
      this.status,
    );
    const milliseconds = performance.now() - start;
    const scalars = new Map<string, number>();
    [...outputs].forEach(([name, { type }], index) => {
      const result = results[index];
      if (type.shape.length > 0 || result === null) return;
      scalars.set(name, api.floatIn(api.tensorData(result)));
    });
    for (const { value } of fed) api.deleteTensor(value);
    for (const result of results) {
      if (result !== null) api.deleteTensor(result);
    }
    const nodes = metadata === null ? [] : nodeTimes(api.bytesOf(metadata));
    for (const buffer of [options, metadata]) {
      if (buffer !== null) api.deleteBuffer(buffer);
    }
    this.requireOk();
    return { milliseconds, scalars, nodes };
  }

  close(): void {
    this.api.deleteSession(this.session, this.status);
    this.api.deleteGraph(this.graph);
    this.api.deleteStatus(this.status);
  }
}
