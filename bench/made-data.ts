/** Sources of data that the benches make for themselves. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

import { invariant } from '../compiler/diagnostics.js';
import { layersOf } from '../compiler/read-net.js';
import { fillStream } from '../compiler/weights/streams.js';

import { createDatabase } from '../runtime/data/databases/open-database.js';
import { encodeDatum } from '../runtime/data/datum.js';
import type { NetData, NetDataOptions } from '../runtime/data/net-data.js';
import { openNetData } from '../runtime/data/open-net-data.js';

/** Pixels of a picture that is smooth enough to be as large a JPEG as a photograph. */
export function madePixels(number: number, side: number): Uint8Array {
  const noise = new Float32Array(3 * side * side);
  fillStream(`picture#${number}`, noise, -20, 20);
  return Uint8Array.from(noise, (value, at) => {
    const x = at % side;
    const y = Math.floor(at / side) % side;
    const wave = Math.sin((x + number) / 9) + Math.cos((y - number) / 13);
    return 128 + 40 * wave + value;
  });
}

export const madeJpeg = (number: number, side: number): Promise<Uint8Array> =>
  sharp(madePixels(number, side), {
    raw: { width: side, height: side, channels: 3 },
  })
    .jpeg({ quality: 90 })
    .toBuffer();

const keyOf = (number: number): string => String(number).padStart(8, '0');

/** An LMDB of `count` images of 3 x 32 x 32, as CIFAR's are. */
export async function makeRawLmdb(path: string, count: number): Promise<void> {
  const writer = await createDatabase(path, 'LMDB');
  for (let number = 0; number < count; number++) {
    const pixels = madePixels(number, 32);
    const size = { channels: 3, height: 32, width: 32 };
    const image = { layout: 'planar', ...size, pixels } as const;
    await writer.put(keyOf(number), encodeDatum({ label: number % 10, image }));
  }
  await writer.close();
}

/** An LMDB of `count` JPEG files. */
export async function makeJpegLmdb(
  path: string,
  count: number,
  side: number,
): Promise<void> {
  const writer = await createDatabase(path, 'LMDB');
  for (let number = 0; number < count; number++) {
    const encoded = await madeJpeg(number, side);
    await writer.put(
      keyOf(number),
      encodeDatum({ label: number % 10, encoded }),
    );
  }
  await writer.close();
}

/** A list of `count` JPEG files; gives its path. */
export async function makeJpegFiles(
  folder: string,
  count: number,
  side: number,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const lines: string[] = [];
  for (let number = 0; number < count; number++) {
    const path = join(folder, `${keyOf(number)}.jpg`);
    await writeFile(path, await madeJpeg(number, side));
    lines.push(`${path} ${number % 10}`);
  }
  const list = join(folder, 'list.txt');
  await writeFile(list, lines.join('\n'));
  return list;
}

/** The data layers of a prototxt, for training. */
export async function openMadeData(
  text: string,
  options: Partial<NetDataOptions>,
): Promise<NetData> {
  const { layers } = layersOf({ name: 'bench', text }, { phase: 'TRAIN' });
  const all = { phase: 'TRAIN', seed: 1, ...options } as const;
  const { data, diagnostics } = await openNetData(layers, all);
  invariant(data !== undefined, diagnostics[0]?.message ?? 'no data layer');
  return data;
}
