import type { Span } from '../../grammar/source.js';

import { isError } from '../diagnostics.js';
import { withFields } from '../schema/make-message.js';
import type { Message, MessageName } from '../schema/message.js';
import { type DialectName, dialectNames } from '../schema/message-type.js';
import type { FieldEntry } from '../schema/schema-table.js';
import { messageToText } from '../schema/to-text.js';
import { upgradeNet } from '../schema/upgrade/upgrade-net.js';
import type { ByteSource } from './byte-source.js';
import { chooseField, contestedFields } from './choose-field.js';
import type { MessagePart, MessageRules } from './read-message.js';
import { readMessagePart } from './read-message.js';
import { undoSplits } from './undo-splits.js';
import { WireReader, wireTypes } from './wire-reader.js';

/** The net that a caffemodel carries beside its weights. */
export interface RecoveredNet {
  /** In today's form. */
  readonly prototxt: string;
  readonly dialect: DialectName;
  /** What the file does not say, or says in numbers that are not known. */
  readonly notes: readonly string[];
}

/** Numbers of fields: of NetParameter, and of LayerParameter. */
const layerNumber = 100;
const typeNumber = 2;

/** Undefined where the file is no caffemodel; its own reader says why. */
export function recoverNet(source: ByteSource): RecoveredNet | undefined {
  const types = layerTypes(source);
  if (types === undefined) return undefined;
  const dialect = dialectOf(types);
  const span: Span = {
    source: { name: source.name, text: '' },
    start: 0,
    end: 0,
  };
  const notes = new Map<string, number>();
  const note = (text: string): void => {
    notes.set(text, (notes.get(text) ?? 0) + 1);
  };
  const whole = { source, start: 0, end: source.size };
  const net = readMessagePart('NetParameter', whole, {
    ...rulesFor('', dialect, span, note),
    choose: (type, number) =>
      // Today's layers are read one by one, each by its own type.
      type === 'NetParameter' && number === layerNumber
        ? undefined
        : chooseField(type, number, '', dialect),
  });
  if (net === undefined) return undefined;
  notes.delete(unknownText('NetParameter', layerNumber, ''));
  const layers = types.flatMap(({ part, type }) => {
    const rules = rulesFor(type, dialect, span, note);
    const layer = readMessagePart('LayerParameter', part, rules);
    return layer === undefined ? [] : [layer];
  });
  const today = upgraded(
    layers.length > 0 ? withFields(net, { layer: layers }) : net,
    note,
  );
  return {
    prototxt: messageToText(today),
    dialect,
    notes: [
      ...Array.from(notes, ([text, count]) =>
        count === 1 ? text : `${text} (${count} times)`,
      ),
      ...whatIsMissing(today),
    ],
  };
}

interface TypedLayer {
  readonly part: MessagePart;
  readonly type: string;
  /** Numbers of its fields. */
  readonly fields: ReadonlySet<number>;
}

/** Where today's layers are, and of what types: these tell what their fields are. */
function layerTypes(source: ByteSource): readonly TypedLayer[] | undefined {
  const reader = new WireReader(source);
  const found: TypedLayer[] = [];
  while (reader.next(source.size)) {
    if (
      reader.field !== layerNumber ||
      reader.wireType !== wireTypes.lengthDelimited
    ) {
      reader.skip(source.size);
      continue;
    }
    const length = reader.length(source.size);
    const start = reader.position;
    const end = start + length;
    found.push({ part: { source, start, end }, ...fieldsIn(reader, end) });
  }
  return reader.fault === undefined ? found : undefined;
}

function fieldsIn(
  reader: WireReader,
  end: number,
): Pick<TypedLayer, 'type' | 'fields'> {
  let type = '';
  const fields = new Set<number>();
  while (reader.next(end)) {
    fields.add(reader.field);
    const isType =
      reader.field === typeNumber &&
      reader.wireType === wireTypes.lengthDelimited;
    if (isType) type = reader.text(end);
    else reader.skip(end);
  }
  return { type, fields };
}

/** The dialect in which most layers' own fields have the numbers that the file gives them. */
function dialectOf(layers: readonly TypedLayer[]): DialectName {
  const votes = new Map<DialectName, number>();
  for (const { type, fields } of layers)
    for (const number of fields) {
      const candidates = contestedFields(type, number);
      const dialects = candidates.flatMap(dialectsOf);
      for (const dialect of new Set(dialects))
        votes.set(dialect, (votes.get(dialect) ?? 0) + 1);
    }
  let best: DialectName = 'bvlc';
  // The authors' Caffe first where another fork has as many.
  for (const [dialect, count] of [...votes].sort(
    ([one], [two]) => Number(two === 'ran') - Number(one === 'ran'),
  ))
    if (count > (votes.get(best) ?? 0)) best = dialect;
  return best;
}

const dialectsOf = ({ dialects = [] }: FieldEntry): readonly DialectName[] =>
  dialectNames.filter((name) => dialects.includes(name));

const unknownText = (
  type: MessageName,
  number: number,
  layerType: string,
): string =>
  `field ${number} of ${type}${layerType === '' ? '' : ` in a layer of type ${layerType}`} is not known: it is left out`;

const rulesFor = (
  layerType: string,
  dialect: DialectName,
  span: Span,
  note: (text: string) => void,
): MessageRules => ({
  choose: (type, number) => chooseField(type, number, layerType, dialect),
  span,
  dialect,
  unknown: (type, number) => {
    note(unknownText(type, number, layerType));
  },
});

function upgraded(
  net: Message<'NetParameter'>,
  note: (text: string) => void,
): Message<'NetParameter'> {
  const { net: today, diagnostics } = upgradeNet(net);
  for (const { message } of diagnostics) note(message);
  if (today === undefined || diagnostics.some(isError)) return net;
  return withFields(today, { layer: undoSplits(today.get('layer')) });
}

/** What a user has to add before the net can be run. */
function whatIsMissing(net: Message<'NetParameter'>): readonly string[] {
  const made = new Set<string>(net.get('input'));
  const unmade = new Set<string>();
  for (const layer of net.get('layer')) {
    for (const bottom of layer.get('bottom'))
      if (!made.has(bottom)) unmade.add(bottom);
    for (const top of layer.get('top')) made.add(top);
  }
  const types = new Set(net.get('layer').map((layer) => layer.get('type')));
  const isTraining = [...types].some((type) => /Data$|Loss$/.test(type));
  return [
    ...Array.from(
      unmade,
      (blob) =>
        `no layer makes the blob '${blob}': the file does not carry its input`,
    ),
    ...(isTraining
      ? [
          'this is the net that was trained: to run it elsewhere, put an Input layer in place of its data layers and leave out losses (`--phase TRAIN` reads it as it is)',
        ]
      : []),
    ...(net.get('layer').every((layer) => layer.get('bottom').length === 0)
      ? ['the layers have no bottoms: the file holds weights without their net']
      : []),
  ];
}
