import sharp from 'sharp';

import { DataFailure } from '../../../runtime/data/data-failure.js';
import {
  type Backend,
  createDatabase,
} from '../../../runtime/data/databases/open-database.js';
import { encodeDatum } from '../../../runtime/data/datum.js';
import type { RawImage } from '../../../runtime/data/raw-image.js';

import { openedOf, type OpenOptions, withNetData } from './net-data-of.js';

/** An image of three channels, in which each pixel tells of which image it is. */
export function imageNumber(number: number, height = 4, width = 5): RawImage {
  const pixels = Uint8Array.from(
    { length: 3 * height * width },
    (_, at) => (37 * number + at) % 256,
  );
  return { layout: 'planar', channels: 3, height, width, pixels };
}

/** A record with image number `number`, which is its label, too. */
export const datumNumber = (number: number): Uint8Array =>
  encodeDatum({ label: number, image: imageNumber(number) });

export const datums = (count: number): readonly Uint8Array[] =>
  Array.from({ length: count }, (_, number) => datumNumber(number));

export const keyOf = (number: number): string =>
  String(number).padStart(8, '0');

export async function writeRecords(
  path: string,
  backend: Backend,
  records: readonly Uint8Array[],
): Promise<string> {
  const writer = await createDatabase(path, backend);
  for (const [number, value] of records.entries()) {
    await writer.put(keyOf(number), value);
  }
  await writer.close();
  return path;
}

/** A Data layer with batches of four. */
export const dataLayer = (
  source: string,
  backend: Backend = 'LMDB',
  more = '',
): string =>
  `layer { name: "data" type: "Data" top: "data" top: "label"
    data_param { source: "${source}" backend: ${backend} batch_size: 4 } ${more} }`;

/** An ImageData layer with batches of four. */
export const imageLayer = (source: string, more = '', transform = ''): string =>
  `layer { name: "data" type: "ImageData" top: "data" top: "label"
    image_data_param { source: "${source}" batch_size: 4 ${more} }
    transform_param { ${transform} } }`;

export const hdf5Layer = (source: string, more = ''): string =>
  `layer { name: "data" type: "HDF5Data" top: "data" top: "label"
    hdf5_data_param { source: "${source}" batch_size: 4 ${more} } }`;

export const pngOf = (image: RawImage): Promise<Uint8Array> => {
  const { channels, height, width, pixels } = image;
  const rgb = new Uint8Array(pixels.length);
  const count = height * width;
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < channels; c++) {
      rgb[i * channels + c] = pixels[(channels - 1 - c) * count + i] ?? 0;
    }
  }
  const raw = { width, height, channels: 3 } as const;
  return sharp(rgb, { raw }).png().toBuffer();
};

/** What the diagnostics of a prototxt say, each in one line; empty where it opens. */
export async function refusalOf(
  prototxt: string,
  options: OpenOptions = {},
): Promise<string> {
  const { data, diagnostics } = await openedOf(prototxt, options);
  await data?.close();
  return diagnostics
    .map(({ code, message, notes }) =>
      [`${code}: ${message}`, ...notes.map((note) => note.message)].join('\n'),
    )
    .join('\n');
}

/** The failure that ends the reading of batches, and how many came before it. */
export function failureIn(
  prototxt: string,
  options: OpenOptions = {},
  before: () => void = () => undefined,
): Promise<{ readonly failure: DataFailure; readonly given: number }> {
  return withNetData(prototxt, options, async (data) => {
    before();
    for (let given = 0; given < 1000; given++) {
      try {
        (await data.next()).release();
      } catch (thrown) {
        if (thrown instanceof DataFailure) return { failure: thrown, given };
        throw thrown;
      }
    }
    throw new Error('nothing failed');
  });
}
