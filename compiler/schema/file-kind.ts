import type { DocumentNode } from '../../grammar/ast.js';

import type { MessageName } from './message.js';
import { fieldNamed, messageNames } from './message-type.js';

/** What files hold, the likeliest first; other messages stand in files only by chance. */
const usual: readonly MessageName[] = [
  'NetParameter',
  'SolverParameter',
  'SolverState',
  'BlobProto',
  'BlobProtoVector',
  'Datum',
  'LayerParameter',
];

/**
 * The message that a text holds: the one that knows most of its fields, the likelier one
 * of two that know as many. An empty text is an empty net; undefined where no message
 * knows any field.
 */
export function fileKind(document: DocumentNode): MessageName | undefined {
  const names = new Set(document.fields.map((field) => field.name.text));
  if (names.size === 0) return 'NetParameter';
  let best: MessageName | undefined;
  let most = 0;
  for (const type of new Set([...usual, ...messageNames])) {
    let known = 0;
    for (const name of names) {
      if (fieldNamed(type, name) !== undefined) known += 1;
    }
    if (known > most) {
      best = type;
      most = known;
    }
  }
  return best;
}
