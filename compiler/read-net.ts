import type { Source } from '../grammar/source.js';

import { type Diagnostic, diagnostic, isError } from './diagnostics.js';
import type { Shape } from './ir/types.js';
import type {
  BnStatistics,
  Phase,
  ReadBlobFile,
} from './layers/define-layer.js';
import { buildNet } from './net/build-net.js';
import { bnStatisticsOf, dialectsDisagree } from './net/dialects-disagree.js';
import { filterLayers, type NetState } from './net/filter-layers.js';
import { foreignNetFields } from './net/foreign-options.js';
import type { Net } from './net/net.js';
import type { DialectFound } from './schema/dialect.js';
import { loadNet } from './schema/load-net.js';
import type { Message } from './schema/message.js';
import type { DialectName } from './schema/message-type.js';

/** How a net is read: what the command line says beside the prototxt. */
export interface ReadOptions {
  readonly strict?: boolean;
  readonly dialect?: DialectName | 'auto';
  readonly phase?: Phase;
  readonly level?: number;
  readonly stages?: readonly string[];
  /** By input blob; instead of the shape in the file. */
  readonly inputShapes?: ReadonlyMap<string, Shape>;
  readonly globalPool?: boolean;
  /** Default: as the dialect has it that was asked for, else inverse-std. */
  readonly bnStatistics?: BnStatistics | undefined;
  /** Reads the files that layers name; without it such layers are refused. */
  readonly readBlob?: ReadBlobFile | undefined;
}

export interface ReadNet {
  /** As far as it could be set up; undefined where the text could not be read at all. */
  readonly net: Net | undefined;
  readonly dialect: DialectFound;
  readonly diagnostics: readonly Diagnostic[];
}

/** The name of a net that has none in its file: the file's own, without folder and ending. */
export const stemOf = (path: string): string =>
  path.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '');

/** Text -> NetParameter -> the layers of one state -> blobs, parameters and shapes. */
export function readNet(source: Source, options: ReadOptions = {}): ReadNet {
  const { net: message, dialect, diagnostics } = loadNet(source, options);
  if (message === undefined) return { net: undefined, dialect, diagnostics };
  const name = stemOf(source.name);
  const built = setUpNet(message, stateOf(options), name, options);
  return {
    net: built.net,
    dialect,
    diagnostics: [...diagnostics, ...built.diagnostics],
  };
}

export interface StateLayers {
  /** Those that are there in the state; none where the text could not be read. */
  readonly layers: readonly Message<'LayerParameter'>[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The layers of one state before anything is known of their shapes, for their sources. */
export function layersOf(
  source: Source,
  options: ReadOptions = {},
): StateLayers {
  const { net, diagnostics } = loadNet(source, options);
  if (net === undefined) return { layers: [], diagnostics };
  const filtered = filterLayers(net, stateOf(options));
  const all = [...diagnostics, ...filtered.diagnostics];
  return { layers: filtered.layers, diagnostics: all };
}

const stateOf = ({ phase, level, stages }: ReadOptions): NetState => ({
  phase: phase ?? 'TEST',
  level: level ?? 0,
  stages: stages ?? [],
});

export interface SetUpNet {
  /** Those that are there in the state. */
  readonly layers: readonly Message<'LayerParameter'>[];
  /** undefined where it is not known which layers are there. */
  readonly net: Net | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** NetParameter of today's form -> the layers of one state -> blobs, parameters and shapes. */
export function setUpNet(
  message: Message<'NetParameter'>,
  state: NetState,
  nameOfFile: string,
  options: ReadOptions,
): SetUpNet {
  const { dialect = 'auto', bnStatistics } = options;
  const filtered = filterLayers(message, state);
  const name = message.get('name');
  const built = buildNet(filtered.layers, {
    name: name === '' ? nameOfFile : name,
    phase: state.phase,
    bnStatistics:
      bnStatistics ?? bnStatisticsOf(dialect === 'auto' ? 'ran' : dialect),
    inputShapes: options.inputShapes ?? new Map<string, Shape>(),
    globalPool: options.globalPool ?? false,
    forceBackward: message.get('force_backward'),
    readBlob: options.readBlob,
  });
  return {
    layers: filtered.layers,
    net: filtered.diagnostics.some(isError) ? undefined : built.net,
    diagnostics: [
      ...filtered.diagnostics,
      ...foreignNetFields(
        message,
        dialect === 'auto' ? undefined : dialect,
      ).map(({ path, owners, span }) =>
        diagnostic('schema/foreign-field', { field: path, owners }, { span }),
      ),
      ...(dialect === 'auto'
        ? dialectsDisagree(filtered.layers, bnStatistics)
        : []),
      ...built.diagnostics,
    ],
  };
}
