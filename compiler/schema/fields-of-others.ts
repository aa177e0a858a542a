import type { Span } from '../../grammar/source.js';

import { type Diagnostic, diagnostic } from '../diagnostics.js';
import type { MessageName, Value } from './message.js';
import {
  definitionsOf,
  type DialectName,
  dialectNames,
  enumValuesOf,
  isIn,
  messageEntry,
} from './message-type.js';
import type { FieldEntry } from './schema-table.js';

type Owned = readonly { readonly dialects?: readonly string[] }[];

/**
 * The dialects that have a field or a value, the best known first; rancc, which has all of
 * BVLC's, only where it is alone.
 */
export function ownersText(definitions: Owned): string {
  const having = dialectNames.filter((dialect) => hasOne(definitions, dialect));
  const caffes = having.filter((dialect) => dialect !== 'rancc');
  const owners = caffes.length === 0 ? having : caffes;
  const more = owners.length > 4 ? ` and ${owners.length - 3} more` : '';
  return `${owners.slice(0, more === '' ? 4 : 3).join(', ')}${more}`;
}

const hasOne = (definitions: Owned, dialect: DialectName): boolean =>
  definitions.some((one) => isIn(one, dialect));

/** What rancc adds is for nets of every dialect. */
const isKnownTo = (definitions: Owned, dialect: DialectName): boolean =>
  hasOne(definitions, dialect) ||
  (hasOne(definitions, 'rancc') && !hasOne(definitions, 'bvlc'));

/**
 * Warns of a field that `dialect` lacks and another has; not of fields within one, which it
 * lacks all the same.
 */
export function fieldOfOthers(
  type: MessageName,
  { name }: FieldEntry,
  span: Span,
  dialect: DialectName,
): Diagnostic | undefined {
  const definitions = definitionsOf(type, name);
  if (isKnownTo(definitions, dialect) || !isIn(messageEntry(type), dialect))
    return undefined;
  return diagnostic(
    'schema/other-dialect',
    {
      what: `${type} has no field '${name}'`,
      dialect,
      owners: ownersText(definitions),
    },
    { span },
  );
}

/** Warns of the value of an enum that `dialect` lacks and another has, in a field of its own. */
export function valueOfOthers(
  entry: FieldEntry,
  value: Value,
  span: Span,
  dialect: DialectName,
): Diagnostic | undefined {
  if (entry.type !== 'enum' || typeof value !== 'string') return undefined;
  if (!isIn(entry, dialect)) return undefined;
  const known = enumValuesOf(entry).filter(({ name }) => name === value);
  // One that nobody has is told of as unknown.
  if (known.length === 0 || isKnownTo(known, dialect)) return undefined;
  return diagnostic(
    'schema/other-dialect',
    {
      what: `'${value}' is no value of '${entry.name}'`,
      dialect,
      owners: ownersText(known),
    },
    { span },
  );
}
