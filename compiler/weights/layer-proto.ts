import { type BlobIndex, readBlobProto } from './blob-proto.js';
import { typeOfV0, typeOfV1 } from './old-layer-types.js';
import { type WireReader, wireTypes } from './wire-reader.js';

/** The three ages of Caffe's layers. */
export type Version = 'V0' | 'V1' | 'V2';

export interface LayerIndex {
  readonly version: Version;
  readonly name: string;
  readonly type: string;
  readonly blobs: readonly BlobIndex[];
  /** The names of its `param`, by the number of the blob; empty where it has none. */
  readonly paramNames: readonly string[];
}

/**
 * Numbers of the only fields that are decoded: those of all other fields clash between
 * forks, and what a layer does is the prototxt's to say.
 */
const numbers = {
  V2: { name: 1, type: 2, blobs: 7, param: 6, inner: undefined },
  V1: { name: 4, type: 5, blobs: 6, param: 1001, inner: 1 },
  V0: { name: 1, type: 2, blobs: 50, param: undefined, inner: undefined },
} as const;

/** What is known of the layer so far, for a diagnostic about damage within it. */
export interface LayerDraft {
  version: Version;
  name: string | undefined;
  type: string;
  blobs: BlobIndex[];
  paramNames: string[];
}

/**
 * Reads the layer that goes from the reader's position to `end` into `draft`. A V1 message
 * with a V0 layer inside is that V0 layer.
 */
export function readLayer(
  reader: WireReader,
  end: number,
  draft: LayerDraft,
): void {
  const { name, type, blobs, param, inner } = numbers[draft.version];
  while (reader.next(end)) {
    switch (reader.field) {
      case name:
        draft.name = reader.text(end);
        break;
      case type:
        draft.type = readType(reader, end, draft.version);
        break;
      case blobs:
        if (reader.expect(wireTypes.lengthDelimited)) {
          const length = reader.length(end);
          draft.blobs.push(readBlobProto(reader, reader.position + length));
        }
        break;
      case param:
        draft.paramNames.push(readParamName(reader, end, draft.version));
        break;
      case inner:
        if (reader.expect(wireTypes.lengthDelimited)) {
          const length = reader.length(end);
          draft.version = 'V0';
          readLayer(reader, reader.position + length, draft);
        }
        break;
      default:
        reader.skip(end);
    }
  }
}

/** V1 has the name itself, today's layers a message that may have it. */
function readParamName(
  reader: WireReader,
  end: number,
  version: Version,
): string {
  if (version !== 'V2') return reader.text(end);
  if (!reader.expect(wireTypes.lengthDelimited)) return '';
  const specEnd = reader.length(end) + reader.position;
  let name = '';
  while (reader.next(specEnd)) {
    if (reader.field === 1) name = reader.text(specEnd);
    else reader.skip(specEnd);
  }
  return name;
}

function readType(reader: WireReader, end: number, version: Version): string {
  if (version === 'V1')
    return reader.expect(wireTypes.varint) ? typeOfV1(reader.varint(end)) : '';
  const name = reader.text(end);
  return version === 'V0' ? typeOfV0(name) : name;
}
