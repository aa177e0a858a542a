import { parse as parseText } from '../../grammar/parse.js';
import type { Source } from '../../grammar/source.js';

import { isError } from '../../compiler/diagnostics.js';
import { fileKind } from '../../compiler/schema/file-kind.js';
import { loadMessage, loadWhole } from '../../compiler/schema/load-net.js';
import type { MessageName } from '../../compiler/schema/message.js';
import {
  isMessageName,
  messageNames,
} from '../../compiler/schema/message-type.js';
import { jsonText, messageToJson } from '../../compiler/schema/to-json.js';
import { nearest } from '../../compiler/suggestion.js';

import type { Emit, Outcome } from '../events.js';
import { readSource } from '../files.js';
import type { TextFlags } from '../flags.js';
import { loadOptionsOf } from '../read-options.js';
import { JsonText } from '../report/json-text.js';
import { UsageError } from '../usage-error.js';

export interface ParseFlags extends TextFlags {
  readonly message?: string;
}

/** Prints any text of Caffe's as protobuf JSON. */
export function parse(path: string, flags: ParseFlags, emit: Emit): Outcome {
  const options = loadOptionsOf(flags);
  const asked = flags.message === undefined ? undefined : named(flags.message);
  const source = readSource(path);
  const { message, diagnostics } =
    asked === undefined
      ? loadWhole(source, kindOf(source), options)
      : loadMessage(source, asked, options);
  emit({ kind: 'diagnostics', diagnostics });
  if (diagnostics.some(isError)) return 'refused';
  // Protobuf JSON has its own ways with numbers, so that its text is not made by the reporter.
  const text = jsonText(messageToJson(message));
  emit({
    kind: 'result',
    document: () => new JsonText(text),
    view: () => [{ kind: 'text', text: `${text}\n` }],
  });
  return 'done';
}

/** Where no message knows any of the fields, it is refused as a net. */
const kindOf = (source: Source): MessageName =>
  fileKind(parseText(source).document) ?? 'NetParameter';

function named(word: string): MessageName {
  if (isMessageName(word)) return word;
  const near = nearest(word, messageNames);
  throw new UsageError(
    `there is no message '${word}' in caffe.proto`,
    near === undefined ? undefined : `did you mean '${near}'?`,
  );
}
