import { parse, type Parsed } from '../../grammar/parse.js';
import type { Source } from '../../grammar/source.js';

import { type Diagnostic, diagnostic, isError } from '../diagnostics.js';
import { type DialectFound, findDialect } from './dialect.js';
import { nameExpectedValues } from './expected-value.js';
import { fileKind } from './file-kind.js';
import type { Message, MessageName } from './message.js';
import type { DialectName } from './message-type.js';
import { readMessage } from './read.js';
import { upgradeNet } from './upgrade.js';

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
    diagnostics: inOrder([
      ...nameExpectedValues(mistakes, read.missing),
      ...read.diagnostics,
    ]),
  };
}

/** Reads a net of any age and brings it to today's form. */
export function loadNet(source: Source, options: LoadOptions = {}): LoadedNet {
  const parsed = parse(source, { strict: options.strict === true });
  const loaded = readAs(parsed, 'NetParameter', options);
  const { dialect } = loaded;
  const kind = fileKind(parsed.document);
  if (kind !== 'NetParameter' && !parsed.diagnostics.some(isError)) {
    const wrong = diagnostic(
      'schema/wrong-kind',
      { wanted: 'NetParameter', found: kind },
      { span: parsed.document.fields[0]?.name.span },
    );
    return { net: undefined, dialect, diagnostics: [wrong] };
  }
  if (loaded.diagnostics.some(isError)) {
    return { net: undefined, dialect, diagnostics: loaded.diagnostics };
  }
  const { net, diagnostics } = upgradeNet(loaded.message);
  return {
    net,
    dialect,
    diagnostics: [...loaded.diagnostics, ...diagnostics],
  };
}

/** In the order of the places, so that a reader meets them as in the file. */
const inOrder = (found: readonly Diagnostic[]): readonly Diagnostic[] =>
  found.toSorted((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0));
