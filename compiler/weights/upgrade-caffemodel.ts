import type { Span } from '../../grammar/source.js';

import { type Diagnostic, diagnostic, isError } from '../diagnostics.js';
import { makeMessage, withFields } from '../schema/make-message.js';
import type {
  AnyMessage,
  Message,
  MessageName,
  UnknownPart,
} from '../schema/message.js';
import type { NetStep } from '../schema/upgrade/net-step.js';
import { upgradeNet } from '../schema/upgrade/upgrade-net.js';
import type { ByteSource } from './byte-source.js';
import { chooseField } from './choose-field.js';
import { foreignFile, headOf } from './foreign-file.js';
import { type Kept, KeptWriter } from './kept-writer.js';
import { readMessagePart } from './read-message.js';
import { WireReader } from './wire-reader.js';

/** A binary net in today's form. */
export interface UpgradedCaffemodel {
  /** The bytes of the new file, read from the old one as they are asked for. */
  readonly pieces: Iterable<Uint8Array>;
  /** What was done; nothing to a net in today's form. */
  readonly steps: readonly NetStep['name'][];
  /** Whether nothing had to be left out. */
  readonly isComplete: boolean;
}

/** Of today's layers, what the upgrades look at: all else stays as it is, byte for byte. */
const layerFields: ReadonlySet<number> = new Set([1, 2, 6]);

/**
 * Brings a binary net of any age to today's form, as `upgrade_net_proto_binary` does
 * (upgrade_proto.cpp, UpgradeNetAsNeeded). Blobs keep their bytes, the four old sizes
 * included, and so does every field that cannot be read, but for those of V0 and V1 layers:
 * today's layers have other numbers, so that these are left out with a warning.
 *
 * The content of blobs is never in memory as a whole.
 */
export function upgradeCaffemodel(source: ByteSource): {
  /** Undefined where an error is among the diagnostics. */
  readonly upgraded: UpgradedCaffemodel | undefined;
  readonly diagnostics: readonly Diagnostic[];
} {
  const damage = damageOf(source);
  if (damage !== undefined) return refused(damage);
  const kept: Kept = { blobs: new Map(), fields: new Map() };
  const lost = new Map<string, Diagnostic>();
  const span: Span = {
    source: { name: source.name, text: '' },
    start: 0,
    end: 0,
  };
  const net = readMessagePart(
    'NetParameter',
    { source, start: 0, end: source.size },
    {
      span,
      dialect: 'bvlc',
      choose: (type, number) =>
        type === 'LayerParameter' && !layerFields.has(number)
          ? undefined
          : chooseField(type, number, '', 'bvlc'),
      unknown: (type, field) => {
        if (!isOldLayer(type)) return;
        lost.set(
          `${type} ${field}`,
          diagnostic('weights/old-field-unknown', {
            file: source.name,
            type,
            field,
          }),
        );
      },
      keep: keeping(kept, span),
    },
  );
  if (net === undefined)
    return refused(diagnostic('weights/no-layers', { file: source.name }));
  const { known, untyped } = withoutForeignTypes(net, source.name);
  for (const [layer, found] of untyped) lost.set(`type of ${layer}`, found);
  const { net: today, steps, isComplete, diagnostics } = upgradeNet(known);
  const found = [...lost.values(), ...diagnostics.map(withoutPlace)];
  if (today === undefined || diagnostics.some(isError))
    return refused(...found);
  return {
    upgraded: {
      pieces: new KeptWriter(source, kept).write(today),
      steps,
      isComplete: isComplete && lost.size === 0,
    },
    diagnostics: found,
  };
}

const refused = (...diagnostics: readonly Diagnostic[]) => ({
  upgraded: undefined,
  diagnostics,
});

/**
 * The net without types of V1 layers that are mere numbers: what a fork of its own means by
 * them, nobody can tell, and Caffe, which has no name for them either, leaves them out.
 */
function withoutForeignTypes(
  net: Message<'NetParameter'>,
  file: string,
): {
  readonly known: Message<'NetParameter'>;
  readonly untyped: ReadonlyMap<number, Diagnostic>;
} {
  const untyped = new Map<number, Diagnostic>();
  const layers = net.get('layers').map((layer, at) => {
    const number: string = layer.get('type');
    if (!/^-?\d+$/.test(number)) return layer;
    const facts = { file, layer: layer.get('name'), number };
    untyped.set(at, diagnostic('weights/old-type-unknown', facts));
    return withFields(layer, { type: undefined });
  });
  return {
    known: untyped.size === 0 ? net : withFields(net, { layers }),
    untyped,
  };
}

const isOldLayer = (type: MessageName): boolean =>
  type === 'V1LayerParameter' || type === 'V0LayerParameter';

function damageOf(source: ByteSource): Diagnostic | undefined {
  const file = source.name;
  const what = foreignFile(headOf(source));
  if (what !== undefined)
    return diagnostic('weights/foreign-file', { file, what });
  const reader = new WireReader(source);
  while (reader.next(source.size)) reader.skip(source.size);
  return (
    reader.fault &&
    diagnostic('weights/corrupt', { file, ...reader.fault, place: undefined })
  );
}

/** Remembers where the bytes are for which a message or a part of one stands. */
const keeping = (kept: Kept, span: Span) => ({
  blob: (bytes: { readonly start: number; readonly end: number }) => {
    const blob: AnyMessage = makeMessage('BlobProto', {}, { span });
    kept.blobs.set(blob, bytes);
    return blob;
  },
  field: (
    type: MessageName,
    number: number,
    bytes: { readonly start: number; readonly end: number },
  ) => {
    const part: UnknownPart = { kind: 'field', name: String(number), span };
    kept.fields.set(part, { type, number, bytes });
    return part;
  },
});

/** A file of bytes has no lines to show: the words name the layer. */
const withoutPlace = (found: Diagnostic): Diagnostic => ({
  ...found,
  span: undefined,
  notes: found.notes.map(({ message }) => ({ message })),
});
