import type { ValueNode } from '../../grammar/ast.js';

import type { Note } from '../diagnostics.js';
import type { MessageName } from './message.js';
import { fieldNamed, fieldsOf, isIn, messageTypeOf } from './message-type.js';
import type { FieldEntry } from './schema-table.js';

/** What fields of old layers are called in today's. */
const today: Readonly<Record<string, string>> = {
  blobs_lr: 'param { lr_mult: ... }',
  weight_decay: 'param { decay_mult: ... }',
  blob_share_mode: 'param { share_mode: ... }',
  kernelsize: 'convolution_param { kernel_size: ... }',
  biasterm: 'convolution_param { bias_term: ... }',
};

/** Where a field belongs that `type` does not have, if another message of layers has it. */
export function elsewhere(
  type: MessageName,
  name: string,
): readonly Note[] | undefined {
  if (type !== 'LayerParameter' && type !== 'V1LayerParameter') {
    return undefined;
  }
  const written = today[name];
  if (type === 'LayerParameter' && written !== undefined) {
    return [{ message: `it is of the old 'layers'; here it is '${written}'` }];
  }
  const homes = fieldsOf(type)
    .filter(
      (field) =>
        field.type === 'message' &&
        field.name.endsWith('_param') &&
        isIn(field, 'bvlc') &&
        fieldNamed(messageTypeOf(field), name) !== undefined,
    )
    .map((field) => field.name);
  if (homes.length === 0) return undefined;
  const shown = homes.slice(0, 3).join(', ');
  const more = homes.length > 3 ? ' and others' : '';
  return [{ message: `it belongs in ${shown}${more}` }];
}

/** Layers have types in quotes, old ones words without. */
export function typeAdvice(
  { name, type }: FieldEntry,
  node: Exclude<ValueNode, { kind: 'list' }>,
): readonly Note[] {
  if (name !== 'type') return [];
  if (type === 'string' && node.kind === 'identifier') {
    return /^[A-Z0-9_]{2,}$/.test(node.text)
      ? [
          {
            message: `such words are types of the old 'layers'; those of 'layer' are in quotes, as "Convolution"`,
          },
        ]
      : [];
  }
  return type === 'enum' && node.kind === 'string'
    ? [
        {
          message: `types in quotes are of 'layer'; those of the old 'layers' are words, as CONVOLUTION`,
        },
      ]
    : [];
}
