import { invariant } from '../../compiler/diagnostics.js';
import type {
  EmittedFunction,
  EmittedGraph,
} from '../../compiler/emit/graph-def.js';

import { LayerFailure } from '../graph-session.js';
import { RuntimeFailure } from '../runtime-failure.js';
import type { Feed, Tensor } from '../tensor.js';
import type { TracedSession } from './trace-thread.js';
import type { TracedCall, TracedRun } from './traced-graph.js';

const allOutputs = ({ outputs }: EmittedFunction): readonly string[] =>
  Array.from(outputs.values(), ({ tensor }) => tensor);

/** A function of a graph that is called with the same inputs again and again. */
export class TimedFunction {
  private readonly session: TracedSession;
  private readonly graph: EmittedGraph;
  private readonly call: Omit<TracedCall, 'read' | 'traced'>;

  constructor(
    session: TracedSession,
    graph: EmittedGraph,
    name: string,
    values: ReadonlyMap<string, Tensor>,
    tensorsOf: (called: EmittedFunction) => readonly string[] = allOutputs,
  ) {
    this.session = session;
    this.graph = graph;
    const called = graph.functions.find((each) => each.name === name);
    invariant(called !== undefined, `the graph has no function ${name}`);
    const { inputs, done } = called;
    this.call = {
      feeds: Array.from(inputs, ([input, { tensor: place }]): Feed => {
        const tensor = values.get(input);
        invariant(tensor !== undefined, `nothing is fed to '${input}'`);
        return { name: place, tensor };
      }),
      fetches: [...tensorsOf(called), ...(done === undefined ? [] : [done])],
    };
  }

  /** Calls it with what it stores; values are given of those in `read` alone. */
  async run(traced: boolean, read: readonly string[] = []): Promise<TracedRun> {
    try {
      return await this.session.time({ ...this.call, read, traced });
    } catch (thrown) {
      if (!(thrown instanceof RuntimeFailure)) throw thrown;
      const origin = this.graph.origins.get(thrown.nodeName ?? '');
      throw origin === undefined ? thrown : new LayerFailure(thrown, origin);
    }
  }
}
