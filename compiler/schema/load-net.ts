import { parse, type Parsed } from '../../grammar/parse.js';
import type { Source } from '../../grammar/source.js';

import { type Diagnostic, diagnostic, isError } from '../diagnostics.js';
import { type DialectFound, findDialect } from './dialect.js';
import { nameExpectedValues } from './expected-value.js';
import { fileKind } from './file-kind.js';
import type { Message, MessageName } from './message.js';
import type { DialectName } from './message-type.js';
import { readMessage } from './read.js';
import { upgradeNet } from './upgrade/upgrade-net.js';
import { withoutFollowers } from './without-followers.js';

export interface LoadOptions {
  readonly strict?: boolean | undefined;
  /** Default `auto`: found in the file. */
  readonly dialect?: DialectName | 'auto' | undefined;
}

export interface Loaded<K extends MessageName> {
  /** What could be read, also beside errors. */
  readonly message: Message<K>;
  readonly dialect: DialectFound;
  readonly diagnostics: readonly Diagnostic[];
}

export interface LoadedNet {
  /** In today's form; undefined where an error is among the diagnostics. */
  readonly net: Message<'NetParameter'> | undefined;
  readonly dialect: DialectFound;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a text as a message of type `type`, by the rules of text and schema alone. */
export const loadMessage = <K extends MessageName>(
  source: Source,
  type: K,
  options: LoadOptions = {},
): Loaded<K> =>
  readAs(parse(source, { strict: options.strict === true }), type, options);

function readAs<K extends MessageName>(
  { document, diagnostics: mistakes }: Parsed,
  type: K,
  { strict, dialect: asked = 'auto' }: LoadOptions,
): Loaded<K> {
  const isNamed = asked !== 'auto';
  const dialect = isNamed ? { dialect: asked } : findDialect(document, type);
  const read = readMessage(document, type, {
    strict,
    dialect: dialect.dialect,
    named: isNamed,
  });
  return {
    message: read.message,
    dialect,
    diagnostics: withoutFollowers(
      inOrder([
        ...nameExpectedValues(mistakes, read.missing),
        ...read.diagnostics,
      ]),
    ),
  };
}

/** Like `loadMessage`, for a file that is refused if it holds another kind of message. */
export function loadWhole<K extends MessageName>(
  source: Source,
  type: K,
  options: LoadOptions,
): Loaded<K> {
  const parsed = parse(source, { strict: options.strict === true });
  const loaded = readAs(parsed, type, options);
  const [first] = parsed.document.fields;
  const kind = fileKind(parsed.document);
  if (
    first === undefined ||
    kind === type ||
    parsed.diagnostics.some(isError)
  ) {
    return loaded;
  }
  const wrong = diagnostic(
    'schema/wrong-kind',
    { wanted: type, found: kind },
    { span: first.name.span },
  );
  return { ...loaded, diagnostics: [wrong] };
}

/** Reads a net of any age and brings it to today's form. */
export function loadNet(source: Source, options: LoadOptions = {}): LoadedNet {
  const { message, dialect, diagnostics } = loadWhole(
    source,
    'NetParameter',
    options,
  );
  if (diagnostics.some(isError)) {
    return { net: undefined, dialect, diagnostics };
  }
  const upgraded = upgradeNet(message);
  return {
    net: upgraded.net,
    dialect,
    diagnostics: [...diagnostics, ...upgraded.diagnostics],
  };
}

/** In the order of the places, so that a reader meets them as in the file. */
const inOrder = (found: readonly Diagnostic[]): readonly Diagnostic[] =>
  found.toSorted((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0));
