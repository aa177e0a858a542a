import type { Span } from '../../../grammar/source.js';

import {
  type Diagnostic,
  diagnostic,
  isError,
} from '../../../compiler/diagnostics.js';
import type { Shape } from '../../../compiler/ir/types.js';
import type { Message } from '../../../compiler/schema/message.js';

import { DataFailure } from '../data-failure.js';
import { readMeanFile } from '../transform/mean-file.js';
import type { TransformSettings } from '../transform/settings.js';
import { transformSettings } from '../transform/transform-settings.js';
import type { LayerPlan, SourcePlan } from './layer-plan.js';
import { BadRecord } from './layer-source.js';

/** How the data layers of a net are planned. */
export interface PlanOptions {
  readonly phase: 'TRAIN' | 'TEST';
  readonly seed: number;
  readonly skipBad: boolean;
  /** A source that does not exist is left out without a word. */
  readonly ignoresAbsent: boolean;
}

/** What stands behind one data layer, as far as it could be found out. */
export interface Planned {
  readonly plan: LayerPlan | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export const nothing: Planned = { plan: undefined, diagnostics: [] };

export type Layer = Message<'LayerParameter'>;

/** A mistake of a layer or its source, at its place in the prototxt. */
export class PlanRefused extends Error {
  override readonly name = 'PlanRefused';
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map(({ message }) => message).join('\n'));
    this.diagnostics = diagnostics;
  }
}

/** What is wrong with a source, at the field that names it. */
export function sourceRefused(
  layer: Layer,
  source: string,
  problem: string,
  span: Span,
  cure?: string,
): PlanRefused {
  const facts = { layer: layer.get('name'), source, problem };
  const notes = cure === undefined ? [] : [{ message: cure }];
  return new PlanRefused([
    diagnostic('data/source-unreadable', facts, { span, notes }),
  ]);
}

/** Runs `read`; what the source itself is at fault for is told at `span`. */
export async function reading<T>(
  layer: Layer,
  source: string,
  span: Span,
  read: () => Promise<T>,
): Promise<T> {
  try {
    return await read();
  } catch (thrown) {
    if (thrown instanceof DataFailure) {
      const { message, cure } = thrown;
      throw sourceRefused(layer, source, message, span, cure);
    }
    if (thrown instanceof BadRecord || isOfTheSystem(thrown)) {
      throw sourceRefused(layer, source, thrown.message, span);
    }
    throw thrown;
  }
}

const isOfTheSystem = (thrown: unknown): thrown is Error =>
  thrown instanceof Error && 'code' in thrown && 'syscall' in thrown;

/** The settings of the layer's transform_param. */
export function settingsOf(
  layer: Layer,
  { phase }: PlanOptions,
): TransformSettings {
  const param = layer.get('transform_param');
  const made = transformSettings(param, phase, readMeanFile);
  if (made.settings === undefined) throw new PlanRefused(made.diagnostics);
  return made.settings;
}

/** Puts a plan together; `shapes` are of the tops, as many as the layer has. */
export function planOf(
  layer: Layer,
  { seed, skipBad }: PlanOptions,
  shapes: readonly Shape[],
  source: SourcePlan,
): Planned {
  const [batch = 1] = shapes[0] ?? [];
  const tops = layer
    .get('top')
    .map((name, index) => ({ name, shape: shapes[index] ?? [batch] }));
  const name = layer.get('name');
  const plan = { name, batch, tops, seed, skipBad, source };
  return { plan, diagnostics: [] };
}

/** Runs one of the planners below; a mistake of its layer becomes a diagnostic. */
export async function planning(work: () => Promise<Planned>): Promise<Planned> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof PlanRefused)) throw thrown;
    const { diagnostics } = thrown;
    if (!diagnostics.some(isError)) throw thrown;
    return { plan: undefined, diagnostics };
  }
}
