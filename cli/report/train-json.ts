import type {
  Score,
  TrainingEvent,
} from '../../runtime/training/training-event.js';

import { JsonText, type JsonValue } from './json-text.js';
import { floatText } from './number-text.js';

/** A float32 with the fewest digits that read back to it; what is no number as text. */
export const floatJson = (value: number): JsonValue =>
  Number.isFinite(value) ? new JsonText(floatText(value)) : value;

/** The values of each output by its name. */
function outputsJson(scores: readonly Score[]): JsonValue {
  const values = new Map<string, number[]>();
  for (const { name, value } of scores)
    values.set(name, [...(values.get(name) ?? []), value]);
  return Object.fromEntries(
    Array.from(values, ([name, list]) => [name, Float32Array.from(list)]),
  );
}

/** The line of an event among the documents of a training; undefined: it has none. */
export function trainingJson(event: TrainingEvent): JsonValue | undefined {
  switch (event.kind) {
    case 'iteration':
      return {
        iteration: event.iteration,
        lr: floatJson(event.rate),
        loss: floatJson(event.loss),
        smoothedLoss: floatJson(event.smoothedLoss),
        outputs: outputsJson(event.scores),
        ...(event.gradientNorm === undefined
          ? {}
          : { gradientNorm: floatJson(event.gradientNorm) }),
      };
    case 'tested':
      return {
        iteration: event.iteration,
        test: event.net,
        outputs: outputsJson(event.scores),
        ...(event.loss === undefined
          ? {}
          : { testLoss: floatJson(event.loss) }),
      };
    case 'snapshot-written':
      return {
        iteration: event.iteration,
        snapshot: event.state,
        weights: event.weights,
      };
    case 'ended':
      return { ended: event.why };
    default:
      return undefined;
  }
}
