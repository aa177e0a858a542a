import { isMessage } from './make-message.js';
import type { AnyMessage, UnknownPart } from './message.js';

/**
 * All that is not in the schema in a message and those within. Reading only warns of it;
 * whoever gives the message a meaning has to ask whether it can do without.
 */
export function* unknownPartsIn(message: AnyMessage): Generator<UnknownPart> {
  yield* message.unknown;
  for (const { values } of message.written()) {
    for (const value of values) {
      if (typeof value === 'object' && isMessage(value)) {
        yield* unknownPartsIn(value);
      }
    }
  }
}
