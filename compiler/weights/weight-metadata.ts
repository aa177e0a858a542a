import type { BlobName } from './array-names.js';
import {
  numberedBlobs,
  type WeightBlob,
  type WeightFile,
} from './weight-file.js';

/**
 * What a caffemodel says beside the values, for the forms that have arrays only: they carry
 * it as a JSON document, and come back from a round trip as they were. Without it, or where
 * it does not fit the arrays, the arrays count.
 */
export interface WeightMetadata {
  readonly name: string;
  /** In the order of the net, also those without blobs. */
  readonly layers: readonly LayerMetadata[];
}

export interface LayerMetadata {
  readonly name: string;
  readonly type: string;
  readonly blobs: readonly BlobMetadata[];
  /** Whether the file leaves out blobs; see WeightLayer.numbers. */
  readonly sparse: boolean;
}

export interface BlobMetadata {
  readonly number: number;
  /** The four old numbers, where the blob has these in place of a shape. */
  readonly nchw: readonly number[] | undefined;
  readonly sharedAs: string | undefined;
  /** Where the values are, if the file has them only under the layer that owns them. */
  readonly from: BlobName | undefined;
}

/** Under which other layer the values of a blob are written, if they are not its own. */
export type OwnerOf = (layer: string, number: number) => BlobName | undefined;

/** The name under which archives have the document. */
export const metadataName = 'rancc.json';

const generator = 'rancc';
const version = 1;

export const metadataText = (
  file: Pick<WeightFile, 'name' | 'layers'>,
  ownerOf: OwnerOf = () => undefined,
): string =>
  JSON.stringify({
    generator,
    version,
    name: file.name,
    layers: file.layers.map((layer) => {
      const blobs = numberedBlobs(layer).flatMap(([number, blob]) =>
        blobText(number, blob, ownerOf(layer.name, number)),
      );
      return {
        name: layer.name,
        type: layer.type,
        ...(blobs.length === 0 ? {} : { blobs }),
        ...(layer.numbers === undefined ? {} : { sparse: true }),
      };
    }),
  });

/** Nothing where the array says it all. */
function blobText(
  number: number,
  { storedAs, shape, sharedAs }: WeightBlob,
  from: BlobName | undefined,
): object[] {
  if (storedAs === 'shape' && sharedAs === undefined) return [];
  return [
    {
      number,
      ...(storedAs === 'nchw' ? { nchw: shape } : {}),
      ...(sharedAs === undefined ? {} : { sharedAs }),
      ...(from === undefined ? {} : { from }),
    },
  ];
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const listOf = (value: unknown): readonly Fields[] =>
  Array.isArray(value) ? value.filter(isFields) : [];

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : '';

/** Undefined where the text is no such document; parts that are wrong are left out. */
export function readMetadata(text: string): WeightMetadata | undefined {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isFields(document)) return undefined;
  if (document['generator'] !== generator || document['version'] !== version)
    return undefined;
  return {
    name: textOf(document['name']),
    layers: listOf(document['layers']).map((layer) => ({
      name: textOf(layer['name']),
      type: textOf(layer['type']),
      blobs: listOf(layer['blobs']).flatMap(readBlob),
      sparse: layer['sparse'] === true,
    })),
  };
}

const isSize = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

function readBlob(blob: Fields): BlobMetadata[] {
  const { number, nchw, sharedAs, from } = blob;
  if (!isSize(number)) return [];
  return [
    {
      number,
      nchw:
        Array.isArray(nchw) && nchw.length === 4 && nchw.every(isSize)
          ? nchw
          : undefined,
      sharedAs: typeof sharedAs === 'string' ? sharedAs : undefined,
      from: isFields(from) ? readOwner(from) : undefined,
    },
  ];
}

function readOwner({ layer, number }: Fields): BlobName | undefined {
  return typeof layer === 'string' && isSize(number)
    ? { layer, number }
    : undefined;
}
