import { type Diagnostic, diagnostic } from '../diagnostics.js';
import { readRuns } from './blob-data.js';
import { type BlobIndex, valuesOf } from './blob-proto.js';
import type { ByteSource } from './byte-source.js';
import { foreignFile, headOf } from './foreign-file.js';
import { type LayerDraft, type LayerIndex, readLayer } from './layer-proto.js';
import type { WeightBlob, WeightFile } from './weight-file.js';
import { WireReader, wireTypes } from './wire-reader.js';

/** Numbers of the fields of NetParameter. */
const fields = { name: 1, oldLayers: 2, layer: 100 } as const;

export interface ReadWeights {
  /** Undefined when there is an error among the diagnostics: never half a file. */
  readonly file: WeightFile | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Indexes a `.caffemodel` of any age. Only names, types, shapes and the places of the data
 * are read; the data of a blob are read when it is asked for them.
 *
 * A file cut off exactly between two layers is a whole file to protobuf; that it lacks
 * layers comes out when it is matched with a net.
 */
export function readCaffemodel(source: ByteSource): ReadWeights {
  const file = source.name;
  const what = foreignFile(headOf(source));
  if (what !== undefined)
    return refused(diagnostic('weights/foreign-file', { file, what }));

  const reader = new WireReader(source);
  const net = readNet(reader, source.size);
  if (reader.fault !== undefined)
    return refused(
      diagnostic('weights/corrupt', {
        file,
        ...reader.fault,
        place: placeOf(net),
      }),
    );
  const { layers, diagnostics } = layersThatCount(file, net);
  if (layers === undefined) return refused(...diagnostics);
  if (layers.length === 0)
    return refused(diagnostic('weights/no-layers', { file }));
  const faults = layers.flatMap((layer) => faultsOf(file, layer));
  if (faults.length > 0) return refused(...faults);

  return {
    file: {
      path: file,
      name: net.name,
      format: `caffemodel, ${layers.some(({ version }) => version === 'V0') ? 'V0' : (layers[0]?.version ?? 'V2')}`,
      layers: layers.map(({ name, type, blobs, paramNames }) => ({
        name,
        type,
        blobs: blobs.map((blob, at) =>
          weightBlob(source, blob, paramNames[at] ?? ''),
        ),
      })),
    },
    diagnostics,
  };
}

const refused = (...diagnostics: Diagnostic[]): ReadWeights => ({
  file: undefined,
  diagnostics,
});

interface NetIndex {
  name: string;
  readonly old: LayerIndex[];
  readonly today: LayerIndex[];
  /** The layer in which the reader stopped, if it did. */
  unfinished: LayerDraft | undefined;
}

/** Between which layers the reader stopped, or in which. */
function placeOf({ today, old, unfinished }: NetIndex): string | undefined {
  if (unfinished?.name !== undefined) return `in layer '${unfinished.name}'`;
  const last = today.at(-1) ?? old.at(-1);
  return last && `after layer '${last.name}'`;
}

function readNet(reader: WireReader, end: number): NetIndex {
  const net: NetIndex = { name: '', old: [], today: [], unfinished: undefined };
  while (reader.next(end)) {
    const { field } = reader;
    if (field === fields.name) {
      net.name = reader.text(end);
    } else if (field === fields.oldLayers || field === fields.layer) {
      if (!reader.expect(wireTypes.lengthDelimited)) break;
      const layerEnd = reader.length(end) + reader.position;
      const draft: LayerDraft = {
        version: field === fields.layer ? 'V2' : 'V1',
        name: undefined,
        type: '',
        blobs: [],
        paramNames: [],
      };
      readLayer(reader, layerEnd, draft);
      if (reader.fault !== undefined) {
        net.unfinished = draft;
        break;
      }
      const { version, name = '', type, blobs, paramNames } = draft;
      (field === fields.layer ? net.today : net.old).push({
        version,
        name,
        type,
        blobs,
        paramNames,
      });
    } else {
      reader.skip(end);
    }
  }
  return net;
}

/**
 * As Caffe does on upgrading (upgrade_proto.cpp): a net with layers of V0 keeps nothing of
 * today's, and one with V1 layers and today's is refused.
 */
function layersThatCount(
  file: string,
  { old, today }: NetIndex,
): {
  /** Undefined where an error is among the diagnostics. */
  layers: readonly LayerIndex[] | undefined;
  diagnostics: readonly Diagnostic[];
} {
  if (old.length === 0) return { layers: today, diagnostics: [] };
  const ignored = today.length;
  if (ignored === 0) return { layers: old, diagnostics: [] };
  return old.some(({ version }) => version === 'V0')
    ? {
        layers: old,
        diagnostics: [diagnostic('weights/mixed-versions', { file, ignored })],
      }
    : {
        layers: undefined,
        diagnostics: [diagnostic('weights/mixed-layers', { file })],
      };
}

function faultsOf(file: string, layer: LayerIndex): readonly Diagnostic[] {
  return layer.blobs.flatMap((blob, index) => {
    const values = valuesOf(blob);
    if (values === blob.count) return [];
    return values === 0 && blob.foreignData !== undefined
      ? diagnostic('weights/foreign-data', {
          file,
          layer: layer.name,
          blob: index,
          field: blob.foreignData,
        })
      : diagnostic('weights/data-count', {
          file,
          offset: blob.offset,
          layer: layer.name,
          blob: index,
          shape: blob.shape,
          values,
        });
  });
}

const weightBlob = (
  source: ByteSource,
  { shape, storedAs, count, runs }: BlobIndex,
  paramName: string,
): WeightBlob => ({
  shape,
  storedAs,
  count,
  format: runs[0]?.format,
  sharedAs: paramName === '' ? undefined : paramName,
  read: () => readRuns(source, runs),
});
