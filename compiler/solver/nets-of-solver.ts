import type { Source, Span } from '../../grammar/source.js';

import { type Diagnostic, diagnostic, isError } from '../diagnostics.js';
import type { Shape } from '../ir/types.js';
import type { NetState } from '../net/filter-layers.js';
import type { Net } from '../net/net.js';
import { type ReadOptions, setUpNet, stemOf } from '../read-net.js';
import { type LoadedNet, loadNet } from '../schema/load-net.js';
import type { Message } from '../schema/message.js';
import { upgradeNet } from '../schema/upgrade/upgrade-net.js';
import { type StateOptions, testState, trainState } from './net-states.js';

type Solver = Message<'SolverParameter'>;
type NetMessage = Message<'NetParameter'>;

/** One of the nets that a solver builds. */
export interface SolverNet {
  readonly state: NetState;
  /**
   * The layers that the state leaves, in today's form; there also where sizes are not known
   * yet. Empty where the text could not be read.
   */
  readonly layers: readonly Message<'LayerParameter'>[];
  /** undefined where its text could not be read. */
  readonly net: Net | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export interface SolverNets {
  /** The train net, then the test nets in Caffe's order. */
  readonly nets: readonly SolverNet[];
  /** Of the solver itself; those of the nets are with them. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface SolverNetOptions extends Omit<
  ReadOptions,
  'phase' | 'level' | 'stages' | 'inputShapes'
> {
  /** By input blob; the same for every net, or by the net's number: 0 is the train net. */
  readonly inputShapes?: InputShapes | ((net: number) => InputShapes);
  /** What `caffe train` was told on its command line. */
  readonly tool?: StateOptions;
}

type InputShapes = ReadonlyMap<string, Shape>;

/** A net that a solver names or holds. */
interface Place {
  readonly field: string;
  readonly span: Span;
  /** The name of a file, or the net itself. */
  readonly net: string | NetMessage;
}

/**
 * The nets of a solver with their states (solver.cpp, InitTrainNet and InitTestNets).
 * `resolve` gives the text of a file, or undefined where there is none.
 */
export function netsOfSolver(
  solver: Solver,
  resolve: (path: string) => Source | undefined,
  options: SolverNetOptions = {},
): SolverNets {
  const diagnostics: Diagnostic[] = [];
  const trained = trainPlace(solver, diagnostics);
  const tested = testPlaces(solver, diagnostics);
  if (trained === undefined || tested === undefined) {
    return { nets: [], diagnostics };
  }
  const loaded = new Map<string, LoadedNet | undefined>();
  const load = (path: string): LoadedNet | undefined => {
    if (!loaded.has(path)) {
      const source = resolve(path);
      loaded.set(path, source && loadNet(source, options));
    }
    return loaded.get(path);
  };
  const shapesOf = (number: number): InputShapes => {
    const { inputShapes = new Map<string, Shape>() } = options;
    return typeof inputShapes === 'function'
      ? inputShapes(number)
      : inputShapes;
  };
  const build = (
    place: Place,
    number: number,
    stateOf: (net: NetMessage) => NetState,
  ): SolverNet => {
    const read = netAt(place, load);
    const state = stateOf(read.net ?? emptyNet(solver));
    if (read.net === undefined) {
      const { diagnostics: mistakes } = read;
      return { state, layers: [], net: undefined, diagnostics: mistakes };
    }
    const built = setUpNet(read.net, state, read.name, {
      ...options,
      inputShapes: shapesOf(number),
    });
    return {
      state,
      layers: built.layers,
      net: built.net,
      diagnostics: [
        ...read.diagnostics,
        ...ownDebugInfo(read.net, solver),
        ...built.diagnostics,
      ],
    };
  };
  return {
    nets: [
      build(trained, 0, (net) => trainState(solver, net, options.tool)),
      ...tested.map((place, index) =>
        build(place, index + 1, (net) => testState(solver, net, index)),
      ),
    ],
    diagnostics,
  };
}

/** The solver's word takes the place of the net's (solver.cpp, Step and InitTestNets). */
const ownDebugInfo = (
  net: NetMessage,
  solver: Solver,
): readonly Diagnostic[] =>
  net.get('debug_info') && !solver.get('debug_info')
    ? [
        diagnostic(
          'solver/net-debug-info',
          {},
          { span: net.spanOf('debug_info') },
        ),
      ]
    : [];

/** What a net would say that is not there. */
const emptyNet = (solver: Solver): NetMessage => solver.get('net_param');

interface NetAt {
  readonly net: NetMessage | undefined;
  readonly name: string;
  readonly diagnostics: readonly Diagnostic[];
}

function netAt(
  { net, field, span }: Place,
  load: (path: string) => LoadedNet | undefined,
): NetAt {
  if (typeof net !== 'string') {
    // Caffe takes these as they are, so that old `layers` would not be there at all.
    const upgraded = upgradeNet(net);
    return {
      net: upgraded.net,
      name: field,
      diagnostics: upgraded.diagnostics,
    };
  }
  const name = stemOf(net);
  const loaded = load(net);
  if (loaded === undefined) {
    const missing = diagnostic(
      'solver/net-file-missing',
      { field, file: net },
      { span },
    );
    return { net: undefined, name, diagnostics: [missing] };
  }
  const { diagnostics } = loaded;
  return {
    net: diagnostics.some(isError) ? undefined : loaded.net,
    name,
    diagnostics,
  };
}

const places = (
  solver: Solver,
  field:
    | 'train_net_param'
    | 'train_net'
    | 'net_param'
    | 'net'
    | 'test_net_param'
    | 'test_net',
): readonly Place[] => {
  if (!solver.has(field)) return [];
  const value = solver.get(field);
  const nets = isList(value) ? value : [value];
  return nets.map((net, index) => ({
    field,
    span: solver.spanOf(field, index),
    net,
  }));
};

const isList = <T extends object | string>(
  value: T | readonly T[],
): value is readonly T[] => Array.isArray(value);

/** Exactly one net to train. */
function trainPlace(
  solver: Solver,
  diagnostics: Diagnostic[],
): Place | undefined {
  const [first, second] = (
    ['train_net_param', 'train_net', 'net_param', 'net'] as const
  ).flatMap((field) => places(solver, field));
  if (first === undefined) {
    diagnostics.push(diagnostic('solver/no-net', {}, { span: solver.span }));
    return undefined;
  }
  if (second !== undefined) {
    diagnostics.push(
      diagnostic(
        'solver/two-train-nets',
        { first: first.field, second: second.field },
        {
          span: second.span,
          notes: [{ message: 'the other is here', span: first.span }],
        },
      ),
    );
    return undefined;
  }
  return first;
}

/** Those named for tests, then the common net as often as `test_iter` goes on. */
function testPlaces(
  solver: Solver,
  diagnostics: Diagnostic[],
): readonly Place[] | undefined {
  const own = [
    ...places(solver, 'test_net_param'),
    ...places(solver, 'test_net'),
  ];
  const [common] = [...places(solver, 'net_param'), ...places(solver, 'net')];
  const iterations = solver.get('test_iter').length;
  const isRight =
    common === undefined ? iterations === own.length : iterations >= own.length;
  if (!isRight) {
    diagnostics.push(
      diagnostic(
        'solver/test-iter-count',
        { written: iterations, nets: own.length },
        {
          span: solver.spanOf(own[0] === undefined ? 'test_iter' : 'test_net'),
        },
      ),
    );
    return undefined;
  }
  const tested = [
    ...own,
    ...Array.from(
      { length: iterations - own.length },
      () => common ?? [],
    ).flat(),
  ];
  const states = solver.get('test_state').length;
  if (states > 0 && states !== tested.length) {
    diagnostics.push(
      diagnostic(
        'solver/test-state-count',
        { written: states, nets: tested.length },
        { span: solver.spanOf('test_state') },
      ),
    );
    return undefined;
  }
  return tested;
}
