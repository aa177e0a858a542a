import type { NetState } from '../net/filter-layers.js';
import type { Message } from '../schema/message.js';

/** What the options of a command of `caffe` say; undefined where one is not given. */
export interface StateOptions {
  readonly phase?: NetState['phase'] | undefined;
  readonly level?: number | undefined;
  /** A list with commas. */
  readonly stage?: string | undefined;
}

/** As in Caffe an option that is not given is one stage, whose name is empty. */
const stagesOf = ({ stage = '' }: StateOptions): readonly string[] =>
  stage.split(',');

const usualPhase = { time: 'TRAIN', test: 'TEST' } as const;

/** The state in which `caffe time` and `caffe test` load their net. */
export const toolState = (
  command: keyof typeof usualPhase,
  options: StateOptions = {},
): NetState => ({
  phase: options.phase ?? usualPhase[command],
  level: options.level ?? 0,
  stages: stagesOf(options),
});

/**
 * The state of a solver's train net. With `options`, even empty ones, as under `caffe train`,
 * which replaces the level of `train_state` and adds stages to it.
 */
export function trainState(
  solver: Message<'SolverParameter'>,
  net: Message<'NetParameter'>,
  options?: StateOptions,
): NetState {
  const own = solver.get('train_state');
  const merged = mergedState('TRAIN', [net.get('state'), own]);
  return options === undefined
    ? merged
    : {
        phase: merged.phase,
        level: options.level ?? 0,
        stages: [...merged.stages, ...stagesOf(options)],
      };
}

/** The state of the solver's test net number `index`. */
export const testState = (
  solver: Message<'SolverParameter'>,
  net: Message<'NetParameter'>,
  index: number,
): NetState => {
  const own = solver.get('test_state')[index];
  return mergedState('TEST', [net.get('state'), ...(own ? [own] : [])]);
};

/** Phase and level are replaced where they are written, stages are added. */
const mergedState = (
  phase: NetState['phase'],
  states: readonly Message<'NetState'>[],
): NetState => ({
  phase: states.findLast((state) => state.has('phase'))?.get('phase') ?? phase,
  level: states.findLast((state) => state.has('level'))?.get('level') ?? 0,
  stages: states.flatMap((state) => state.get('stage')),
});
