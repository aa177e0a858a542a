import { type Diagnostic, diagnostic, type Note } from '../diagnostics.js';
import type { BnStatistics } from '../layers/define-layer.js';
import { isMessage } from '../schema/make-message.js';
import type { AnyMessage, Message } from '../schema/message.js';
import {
  definitionsOf,
  type DialectName,
  dialectNames,
  isIn,
} from '../schema/message-type.js';

type LayerMessage = Message<'LayerParameter'>;

/** What the fourth blob of a BN holds in the dialects that have the authors' fields. */
const fourthBlob: Readonly<Partial<Record<DialectName, BnStatistics>>> = {
  ran: 'inverse-std',
  happynear: 'inverse-std',
  'mini-caffe': 'inverse-std',
  pspnet: 'variance',
  yjxiong: 'variance',
};

/** The fourth blob of a BN where nobody says what it is. */
export const bnStatisticsOf = (dialect: DialectName): BnStatistics =>
  fourthBlob[dialect] ?? 'inverse-std';

const having = (statistics: BnStatistics): readonly DialectName[] =>
  dialectNames.filter((name) => fourthBlob[name] === statistics);

/**
 * Warns, once for each type, of layers that dialects read differently and whose prototxt does
 * not tell which is meant; of BN only where the user has not said what blob 3 is. `Interp` is not among them: its fields mean the same everywhere.
 */
export const dialectsDisagree = (
  layers: readonly LayerMessage[],
  bnStatistics: BnStatistics | undefined,
): readonly Diagnostic[] => [
  ...(bnStatistics === undefined ? disagreeOnBn(layers) : []),
  ...disagreeOnBatchNorm(layers),
];

function disagreeOnBn(layers: readonly LayerMessage[]): readonly Diagnostic[] {
  const first = layers.find((layer) => layer.get('type') === 'BN');
  if (first === undefined) return [];
  const place = first.spanOf(first.has('bn_param') ? 'bn_param' : 'type');
  const written = first.get('bn_param').written();
  const isAuthors = written.every(({ entry }) =>
    definitionsOf('BNParameter', entry.name).some((one) => isIn(one, 'ran')),
  );
  if (!isAuthors) return disagreeOnScaleAndShift(first);
  // Only the authors' Interp takes its size from a second bottom.
  const isTheirs = layers.some(
    (layer) =>
      layer.get('type') === 'Interp' && layer.get('bottom').length === 2,
  );
  if (isTheirs) return [];
  const notes: Note[] = [
    ...evidence(layers),
    {
      message:
        "the prototxt cannot tell: say it by '--bn-statistics' or '--dialect'",
    },
  ];
  const facts = {
    type: 'BN',
    layer: first.get('name'),
    readings: [
      `1/sqrt(variance + eps) in blob 3 (${having('inverse-std').join(', ')})`,
      `the variance (${having('variance').join(', ')})`,
    ],
    taken: 'the former',
  };
  return [
    diagnostic('schema/dialects-disagree', facts, { span: place, notes }),
  ];
}

/** `scale_filler` and `shift_filler` alone are SegNet's or those of the decay family. */
function disagreeOnScaleAndShift(first: LayerMessage): readonly Diagnostic[] {
  const shared = new Set(['scale_filler', 'shift_filler']);
  const param = first.get('bn_param');
  if (!param.written().every(({ entry }) => shared.has(entry.name))) return [];
  const facts = {
    type: 'BN',
    layer: first.get('name'),
    readings: [
      'two blobs, scale and shift (segnet, enet)',
      'four, with mean and variance (ducha-aiki, ctpn, segstereo, parsenet)',
    ],
    taken: 'the former',
  };
  return [
    diagnostic('schema/dialects-disagree', facts, {
      span: first.spanOf('bn_param'),
      notes: [{ message: "the prototxt cannot tell: say it by '--dialect'" }],
    }),
  ];
}

/** NVIDIA's and intel's BatchNorm have a slope and bias of their own where they say so. */
function disagreeOnBatchNorm(
  layers: readonly LayerMessage[],
): readonly Diagnostic[] {
  for (const layer of layers) {
    if (layer.get('type') !== 'BatchNorm') continue;
    for (const { entry, spans } of layer.get('batch_norm_param').written()) {
      const owners = dialectNames.filter((dialect) =>
        definitionsOf('BatchNormParameter', entry.name).some((one) =>
          isIn(one, dialect),
        ),
      );
      if (owners.includes('bvlc')) continue;
      const facts = {
        type: 'BatchNorm',
        layer: layer.get('name'),
        readings: [
          `three blobs (bvlc)`,
          `more with '${entry.name}' (${owners.join(', ')})`,
        ],
        taken: 'the latter',
      };
      return [
        diagnostic('schema/dialects-disagree', facts, { span: spans[0] }),
      ];
    }
  }
  return [];
}

/** What else in the net is of a dialect with the variance in blob 3, or speaks for two blobs. */
function evidence(layers: readonly LayerMessage[]): readonly Note[] {
  const notes: Note[] = [];
  const told = new Set<string>();
  const visit = (message: AnyMessage): void => {
    for (const { entry, values, spans } of message.written()) {
      const definitions = definitionsOf(message.type, entry.name);
      const owners = Object.keys(fourthBlob).filter((dialect) =>
        definitions.some((one) => isIn(one, dialect as DialectName)),
      );
      const [owner, ...others] = owners;
      if (owner !== undefined && others.length === 0 && owner !== 'ran') {
        if (!told.has(owner)) {
          told.add(owner);
          notes.push({
            message: `'${entry.name}' speaks for ${owner}`,
            ...(spans[0] && { span: spans[0] }),
          });
        }
      }
      for (const value of values) {
        if (typeof value === 'object' && isMessage(value)) visit(value);
      }
    }
  };
  for (const layer of layers) visit(layer);
  const two = layers.find(
    (layer) => layer.get('type') === 'BN' && layer.get('param').length === 2,
  );
  if (two !== undefined) {
    notes.push({
      message:
        'two param blocks speak for a BN whose statistics are not blobs to a solver',
      span: two.spanOf('param'),
    });
  }
  return notes;
}
