import type { Diagnostic } from '../compiler/diagnostics.js';

import type { Block } from './report/block.js';
import type { JsonValue } from './report/json-text.js';
import type { TrainingView } from './ui/training-view.js';

/** What a command tells of its work while it runs. Three listeners: text, JSON, a terminal. */
export type CliEvent =
  | {
      readonly kind: 'stage-started';
      /** For people, in the form `reading weights`. */
      readonly stage: string;
    }
  | {
      readonly kind: 'stage-progressed';
      readonly stage: string;
      readonly done: number;
      readonly total: number;
    }
  | {
      readonly kind: 'stage-finished';
      readonly stage: string;
      readonly milliseconds: number;
    }
  | {
      readonly kind: 'diagnostics';
      readonly diagnostics: readonly Diagnostic[];
    }
  | {
      /** The end of a command that is no matter of its input's text. */
      readonly kind: 'failure';
      readonly code: 'usage' | 'environment' | 'refused' | 'internal';
      readonly message: string;
      readonly advice: readonly string[];
    }
  | {
      /** A line of the log as Caffe writes it, without its end. */
      readonly kind: 'log';
      readonly line: string;
    }
  | {
      /** How a training stands, often. Made only by the listener that shows it. */
      readonly kind: 'training';
      readonly view: () => TrainingView;
    }
  | {
      /** One of the many JSON documents of a command that goes on; a line each. */
      readonly kind: 'record';
      readonly document: () => JsonValue;
    }
  | {
      readonly kind: 'result';
      /** Made only by the listener that shows it: outputs may be large. */
      readonly document: () => JsonValue;
      readonly view: () => readonly Block[];
    };

export type Emit = (event: CliEvent) => void;

/**
 * How a command ended: all well; its input was refused or a comparison failed; the machine
 * lacks something.
 */
export type Outcome = 'done' | 'refused' | 'lacking';

/** Listens to the events of one command. */
export interface Reporter {
  readonly emit: Emit;
  /** Prints what is left to print. */
  finish(): void;
}

/** Runs a stage of a command between the events of its start and end. */
export async function runStage<T>(
  emit: Emit,
  stage: string,
  work: (progress: (done: number, total: number) => void) => T | Promise<T>,
): Promise<T> {
  const start = performance.now();
  emit({ kind: 'stage-started', stage });
  try {
    return await work((done, total) => {
      emit({ kind: 'stage-progressed', stage, done, total });
    });
  } finally {
    const milliseconds = performance.now() - start;
    emit({ kind: 'stage-finished', stage, milliseconds });
  }
}

export interface StageTeller {
  readonly progress: (stage: string, done: number, total: number) => void;
  /** The last stage is over. */
  readonly end: () => void;
}

/** Makes events of progress that names its stage each time: a new name ends the stage before. */
export function stageTeller(emit: Emit): StageTeller {
  let current: string | undefined;
  let start = 0;
  const end = (): void => {
    if (current === undefined) return;
    const milliseconds = performance.now() - start;
    emit({ kind: 'stage-finished', stage: current, milliseconds });
    current = undefined;
  };
  return {
    progress: (stage, done, total) => {
      if (stage !== current) {
        end();
        [current, start] = [stage, performance.now()];
        emit({ kind: 'stage-started', stage });
      }
      emit({ kind: 'stage-progressed', stage, done, total });
    },
    end,
  };
}
