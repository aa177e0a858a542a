import {
  functionOf,
  type Graph,
  type GraphFunction,
  type Stage,
  withFunction,
} from '../ir/graph.js';

/** A step from graph to graph. It returns a new one; what it was given stays as it was. */
export interface Pass<From extends Stage, To extends Stage> {
  readonly name: string;
  /** Passes that must have run before, wherever both are in the list. */
  readonly after: readonly string[];
  run(graph: Graph<From>): Graph<To>;
}

/** A pass that changes the function `predict` alone. */
export const onPredict = <S extends Stage>(
  name: string,
  after: readonly string[],
  change: (predict: GraphFunction) => GraphFunction,
): Pass<S, S> => ({
  name,
  after,
  run: (graph) => withFunction(graph, change(functionOf(graph, 'predict'))),
});

/** Functions that hand values in and out and are called now and then. */
const serving: ReadonlySet<string> = new Set([
  'assign',
  'initialize',
  'read',
  'derive',
  'assign_state',
  'read_state',
  'read_updates',
  'assign_layer_states',
  'read_layer_states',
]);

/** A pass that changes every function that computes on data: what is called again and again. */
export const onEveryCall = <S extends Stage>(
  name: string,
  after: readonly string[],
  change: (subject: GraphFunction) => GraphFunction,
): Pass<S, S> => ({
  name,
  after,
  run: (graph) => ({
    ...graph,
    functions: graph.functions.map((subject) =>
      serving.has(subject.name) ? subject : change(subject),
    ),
  }),
});
