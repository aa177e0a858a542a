import type { Span } from '../../grammar/source.js';

import type { LayerDefinition } from '../layers/define-layer.js';
import { isMessage } from '../schema/make-message.js';
import type {
  AnyMessage,
  Message,
  Value,
  WrittenField,
} from '../schema/message.js';
import {
  defaultOf,
  definitionsOf,
  type DialectName,
  dialectNames,
  enumValuesOf,
  isIn,
} from '../schema/message-type.js';
import type { FieldEntry } from '../schema/schema-table.js';

/** An option that layers are not compiled for unless they say that they know it. */
export interface ForeignOption {
  /** With the message that it is in: `pooling_param.ceil_mode`. */
  readonly path: string;
  readonly owners: readonly DialectName[];
  readonly span: Span;
  /** It says no more than silence would. */
  readonly isDefault: boolean;
}

/** Layers are compiled as these have them; the last one's fields are for every dialect. */
const home: readonly DialectName[] = ['bvlc', 'ran', 'rancc'];

/** Options that choose how something is computed and never what. */
const harmless: ReadonlySet<string> = new Set([
  'autotune',
  'bottom_shared_index',
  'cudnn_math_override',
  'debug',
  'device',
  'display',
  'engine',
  'forward_packing',
  'multinode',
  'reshape_every_iter',
  'top_shared_index',
  'use_gpu_transform',
]);

/**
 * What stands in a layer's own options and is neither BVLC's nor the authors', so that it
 * cannot be passed over in silence.
 */
export function foreignOptions(
  layer: Message<'LayerParameter'>,
  definition: LayerDefinition,
): readonly ForeignOption[] {
  const handled = new Set(definition.foreignOptions);
  return layer
    .written()
    .filter(({ entry }) => isOwnOption(entry))
    .flatMap((field) => [...foreignIn(layer, field, '')])
    .filter(({ path }) => !handled.has(path));
}

/**
 * What is foreign beside the layer's own options: in fields of LayerParameter itself, and in
 * `transform_param`, which only those who read the data heed. What is written as it is by
 * default changes nothing.
 */
export const foreignFields = (
  layer: Message<'LayerParameter'>,
): readonly ForeignOption[] =>
  layer
    .written()
    .filter(({ entry }) => !isOwnOption(entry) && entry.name !== 'blobs')
    .flatMap((field) => [...foreignIn(layer, field, '')])
    .filter(({ isDefault }) => !isDefault);

/**
 * What is foreign in the net's own message, beside its layers. `dialect` is the one that the
 * user named: what that lacks was told of when the text was read.
 */
export const foreignNetFields = (
  net: Message<'NetParameter'>,
  dialect: DialectName | undefined,
): readonly ForeignOption[] =>
  net
    .written()
    .filter(({ entry }) => entry.name !== 'layer' && entry.name !== 'layers')
    .flatMap((field) => [...foreignIn(net, field, '')])
    .filter(({ isDefault }) => !isDefault)
    .filter(({ owners }) => dialect === undefined || owners.includes(dialect));

/** A field of LayerParameter with options of one type of layer. */
export const isOwnOption = ({ name }: FieldEntry): boolean =>
  name.endsWith('_param') && name !== 'transform_param';

function* foreignIn(
  message: AnyMessage,
  { entry, values, spans }: WrittenField,
  prefix: string,
): Generator<ForeignOption> {
  if (harmless.has(entry.name)) return;
  const path = `${prefix}${entry.name}`;
  const [span = message.span] = spans;
  const definitions = definitionsOf(message.type, entry.name);
  if (!isAtHome(definitions)) {
    const owners = ownersOf(definitions);
    yield { path, owners, span, isDefault: isDefault(entry, values) };
    return;
  }
  for (const [index, value] of values.entries()) {
    const place = spans[index] ?? span;
    if (typeof value === 'object' && isMessage(value)) {
      for (const field of value.written()) {
        yield* foreignIn(value, field, `${path}.`);
      }
    } else if (entry.type === 'enum') {
      const known = enumValuesOf(entry).filter(({ name }) => name === value);
      // One that no dialect knows is told of as unknown.
      if (known.length === 0 || isAtHome(known)) continue;
      const name = `${path}: ${String(value)}`;
      yield {
        path: name,
        owners: ownersOf(known),
        span: place,
        isDefault: false,
      };
    }
  }
}

const isDefault = (entry: FieldEntry, values: readonly Value[]): boolean =>
  entry.label !== 'repeated' &&
  entry.type !== 'message' &&
  values.every((value) => value === defaultOf(entry));

type Owned = readonly { readonly dialects?: readonly string[] }[];

const isAtHome = (entries: Owned): boolean =>
  home.some((dialect) => entries.some((entry) => isIn(entry, dialect)));

const ownersOf = (entries: Owned): readonly DialectName[] =>
  dialectNames.filter((dialect) =>
    entries.some((entry) => isIn(entry, dialect)),
  );
