import type { Diagnostic } from '../../diagnostics.js';
import type { Message } from '../message.js';

/** One of the changes that brought nets to today's form. */
export interface NetStep {
  readonly name:
    'v0-layers' | 'data-transformation' | 'v1-layers' | 'inputs' | 'batch-norm';
  readonly isNeeded: (net: Message<'NetParameter'>) => boolean;
  readonly upgrade: (net: Message<'NetParameter'>) => NetStepResult;
}

export interface NetStepResult {
  /** Undefined where an error is among the diagnostics. */
  readonly net: Message<'NetParameter'> | undefined;
  /** Warnings: what had to be left out. */
  readonly diagnostics: readonly Diagnostic[];
}
