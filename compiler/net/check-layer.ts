import type { Count, LayerDefinition } from '../layers/define-layer.js';
import { isMessage } from '../schema/make-message.js';
import type { Message } from '../schema/message.js';
import { unknownPartsIn } from '../schema/unknown-parts.js';
import {
  foreignFields,
  foreignOptions,
  isOwnOption,
} from './foreign-options.js';
import type { Report } from './report.js';

const countText = ({ min, max }: Count): string =>
  min === max
    ? `${min}`
    : max === Infinity
      ? `at least ${min}`
      : `${min} to ${max}`;

const fits = (count: number, { min, max }: Count): boolean =>
  count >= min && count <= max;

/**
 * What the schema does not know in a layer's own options may change what the layer does.
 * Beside them (a field of LayerParameter itself) it was warned of, and plays no part.
 * Tells whether all is known.
 */
export function knowsOptions(
  message: Message<'LayerParameter'>,
  report: Report,
): boolean {
  const layer = message.get('name');
  let isKnown = true;
  for (const { entry, values } of message.written()) {
    if (!isOwnOption(entry)) continue;
    for (const { kind, name, span } of values
      .filter((value) => typeof value === 'object' && isMessage(value))
      .flatMap((value) => [...unknownPartsIn(value)])) {
      isKnown = false;
      report('layer/unknown-option', { layer, kind, name }, span);
    }
  }
  return isKnown;
}

/**
 * Refuses options that other Caffes have for a layer of this type, and warns of what they
 * have beside those: it plays no part.
 */
export function tellOfForeignOptions(
  message: Message<'LayerParameter'>,
  definition: LayerDefinition,
  report: Report,
): void {
  const layer = message.get('name');
  for (const { path, owners, span } of foreignOptions(message, definition)) {
    report('layer/foreign-option', { layer, option: path, owners }, span);
  }
  for (const { path, owners, span } of foreignFields(message)) {
    report('layer/foreign-field', { layer, field: path, owners }, span);
  }
}

/** Whether a layer has as many bottoms and tops as its type takes. */
export function hasRightCounts(
  definition: LayerDefinition,
  message: Message<'LayerParameter'>,
  report: Report,
): boolean {
  const bottoms = message.get('bottom').length;
  const tops = message.get('top').length;
  const wanted =
    definition.tops === 'as-bottoms'
      ? { min: bottoms, max: bottoms }
      : { ...definition.tops, ...(definition.isLoss && { min: 0 }) };
  const sides = [
    { side: 'bottom', found: bottoms, wanted: definition.bottoms },
    { side: 'top', found: tops, wanted },
  ] as const;
  let correct = true;
  for (const { side, found, wanted: count } of sides) {
    // Of tops that go by the bottoms nothing can be said where those are wrong.
    if (fits(found, count)) continue;
    if (definition.tops === 'as-bottoms' && side === 'top' && !correct) break;
    correct = false;
    report(
      'net/blob-count',
      {
        layer: message.get('name'),
        type: definition.type,
        side,
        found,
        wanted: countText(count),
      },
      message.spanOf(side, 0),
    );
  }
  return correct;
}

/** Fields that are written once for each blob, or not at all. */
export function checkList(
  message: Message<'LayerParameter'>,
  field: 'loss_weight' | 'propagate_down',
  side: 'bottom' | 'top',
  report: Report,
): void {
  const written = message.get(field).length;
  const blobs = message.get(side).length;
  if (written === 0 || written === blobs) return;
  const layer = message.get('name');
  report(
    'net/list-count',
    { layer, field, written, side, blobs },
    message.spanOf(field),
  );
}
