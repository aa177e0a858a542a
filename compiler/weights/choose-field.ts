import type { MessageName } from '../schema/message.js';
import { type DialectName, fieldsOf, isIn } from '../schema/message-type.js';
import type { FieldEntry } from '../schema/schema-table.js';

/** Numbers of LayerParameter below mean the same in every tree; from here on forks disagree. */
const firstContested = 132;

/** Types of layers whose fields are not named after them. */
const fieldsOfTypes: Readonly<Record<string, string>> = {
  LSTM: 'recurrent_param',
  RNN: 'recurrent_param',
  Normalize: 'norm_param',
  DeconvolutionDepthwise: 'convolution_param',
};

const letters = (text: string): string =>
  text
    .replace(/_param$/, '')
    .replace(/_/g, '')
    .toLowerCase();

/** Whether the field's name spells the layer's type: `bn_param` and BN. */
const isOfType = (field: string, type: string): boolean =>
  fieldsOfTypes[type] === field ||
  (field.endsWith('_param') && letters(field) === type.toLowerCase());

const byNumber = new Map<MessageName, Map<number, FieldEntry[]>>();

function numbered(type: MessageName, number: number): readonly FieldEntry[] {
  let entries = byNumber.get(type);
  if (entries === undefined) {
    entries = new Map();
    for (const entry of fieldsOf(type)) {
      const others = entries.get(entry.number);
      if (others === undefined) entries.set(entry.number, [entry]);
      else others.push(entry);
    }
    byNumber.set(type, entries);
  }
  return entries.get(number) ?? [];
}

const isContested = (number: number): boolean =>
  number >= firstContested ||
  !numbered('LayerParameter', number).some((entry) => isIn(entry, 'bvlc'));

/** The fields that a number of LayerParameter may be in a layer of a type, by its name. */
export const contestedFields = (
  layerType: string,
  number: number,
): readonly FieldEntry[] =>
  isContested(number)
    ? numbered('LayerParameter', number).filter(({ name }) =>
        isOfType(name, layerType),
      )
    : [];

/**
 * Which field a number is. Where forks gave a number of LayerParameter to fields of their
 * own, the name that spells the layer's type decides; in other messages the dialect of the
 * file, which those fields told. Undefined where neither does.
 */
export function chooseField(
  type: MessageName,
  number: number,
  layerType: string,
  dialect: DialectName,
): FieldEntry | undefined {
  if (type === 'LayerParameter' && isContested(number))
    return (
      contestedFields(layerType, number).find((each) => isIn(each, dialect)) ??
      contestedFields(layerType, number)[0]
    );
  const candidates = numbered(type, number);
  const own = candidates.filter((entry) => isIn(entry, dialect));
  if (own.length === 1) return own[0];
  // Without a word of the dialect: what the first of them, BVLC's, has.
  const common = candidates.filter((entry) => isIn(entry, 'bvlc'));
  return common.length === 1 ? common[0] : undefined;
}
