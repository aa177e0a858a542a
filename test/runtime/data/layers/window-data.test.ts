import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

import { resizeImage } from '../../../../runtime/data/images/resize-image.js';
import type { RawImage } from '../../../../runtime/data/raw-image.js';
import { drawsOf } from '../../../../runtime/data/transform/draws.js';

import { withTemporaryFolder } from '../../../support/temporary-folder.js';
import { imageNumber, pngOf } from '../made-sources.js';
import { takeBatches, withNetData } from '../net-data-of.js';

interface Box {
  readonly image: number;
  readonly label: number;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

const [height, width, crop, batch, seed] = [20, 26, 12, 8, 5];
const images = [0, 1, 2].map((number) => imageNumber(number, height, width));

/** `class overlap x1 y1 x2 y2` of each image; some windows reach its edges. */
const rows: readonly (readonly string[])[] = [
  ['1 0.9 3 4 12 15', '2 0.55 0 0 9 5', '3 0.2 8 2 25 19', '4 0.0 2 2 5 9'],
  ['5 0.5 10 10 25 19', '6 0.49 1 12 6 19', '7 1 0 3 25 9'],
  ['8 0.7 5 5 5 5', '9 0.1 20 1 24 3'],
];

const boxes = (isWanted: (overlap: number) => boolean): readonly Box[] =>
  rows.flatMap((lines, image) =>
    lines.flatMap((line) => {
      const [label = 0, overlap = 0, x1 = 0, y1 = 0, x2 = 0, y2 = 0] = line
        .split(' ')
        .map(Number);
      if (!isWanted(overlap)) return [];
      return [{ image, label: overlap < 0.5 ? 0 : label, x1, y1, x2, y2 }];
    }),
  );

/** C's `round`. */
const round = (value: number): number =>
  value < 0 ? -Math.floor(0.5 - value) : Math.floor(value + 0.5);

/**
 * One window as window_data_layer.cpp has it, step by step; numbers here are small enough for
 * float32 and float64 to round alike.
 */
function warped(
  box: Box,
  mirrored: boolean,
  pad: number,
  isSquare: boolean,
  mean: number,
): Float32Array {
  let { x1, y1, x2, y2 } = box;
  let [padW, padH, outW, outH] = [0, 0, crop, crop];
  if (pad > 0 || isSquare) {
    const scale = Math.fround(crop / (crop - 2 * pad));
    let halfH = (y2 - y1 + 1) / 2;
    let halfW = (x2 - x1 + 1) / 2;
    const [centreX, centreY] = [x1 + halfW, y1 + halfH];
    if (isSquare) halfH = halfW = Math.max(halfH, halfW);
    x1 = round(centreX - halfW * scale);
    x2 = round(centreX + halfW * scale);
    y1 = round(centreY - halfH * scale);
    y2 = round(centreY + halfH * scale);
    const [scaleX, scaleY] = [crop / (x2 - x1 + 1), crop / (y2 - y1 + 1)];
    const [left, right] = [Math.max(0, -x1), Math.max(0, x2 - width + 1)];
    const [above, below] = [Math.max(0, -y1), Math.max(0, y2 - height + 1)];
    [x1, x2, y1, y2] = [x1 + left, x2 - right, y1 + above, y2 - below];
    outW = round((x2 - x1 + 1) * scaleX);
    outH = round((y2 - y1 + 1) * scaleY);
    padH = round(above * scaleY);
    padW = round((mirrored ? right : left) * scaleX);
    outH = Math.min(outH, crop - padH);
    outW = Math.min(outW, crop - padW);
  }
  const [inW, inH] = [x2 - x1 + 1, y2 - y1 + 1];
  const { pixels } = images[box.image] ?? imageNumber(0);
  const cut: RawImage = {
    layout: 'planar',
    channels: 3,
    height: inH,
    width: inW,
    pixels: Uint8Array.from({ length: 3 * inH * inW }, (_, at) => {
      const c = Math.floor(at / (inH * inW));
      const y = y1 + (Math.floor(at / inW) % inH);
      return pixels[(c * height + y) * width + x1 + (at % inW)] ?? 0;
    }),
  };
  const part = resizeImage(cut, outH, outW).pixels;
  const out = new Float32Array(3 * crop * crop);
  for (let c = 0; c < 3; c++) {
    for (let h = 0; h < outH; h++) {
      for (let w = 0; w < outW; w++) {
        const from = mirrored ? outW - 1 - w : w;
        out[(c * crop + h + padH) * crop + w + padW] =
          (part[(c * outH + h) * outW + from] ?? 0) - mean;
      }
    }
  }
  return out;
}

const layer = (source: string, pad: number, mode: string): string =>
  `layer { name: "windows" type: "WindowData" top: "data" top: "label"
    window_data_param { source: "${source}" batch_size: ${batch}
      fg_threshold: 0.5 bg_threshold: 0.5 fg_fraction: 0.25
      context_pad: ${pad} crop_mode: "${mode}" }
    transform_param { mirror: true crop_size: ${crop} mean_value: 7 } }`;

async function windowsIn(folder: string): Promise<string> {
  const lines: string[] = [];
  for (const [number, image] of images.entries()) {
    const path = join(folder, `${number}.png`);
    writeFileSync(path, await pngOf(image));
    const windows = rows[number] ?? [];
    const head = [`# ${number}`, path, 3, height, width, windows.length];
    lines.push(...head.map(String), ...windows);
  }
  const file = join(folder, 'windows.txt');
  writeFileSync(file, lines.join('\n'));
  return file;
}

describe('WindowData', () => {
  const foreground = boxes((overlap) => overlap >= 0.5);
  const background = boxes((overlap) => overlap < 0.5);

  for (const [pad, mode] of [
    [0, 'warp'],
    [2, 'warp'],
    [0, 'square'],
    [3, 'square'],
  ] as const) {
    it(`warps windows as its rule says: context_pad ${pad}, ${mode}`, () =>
      withTemporaryFolder(async (folder) => {
        const net = layer(await windowsIn(folder), pad, mode);
        const taken = await withNetData(net, { phase: 'TRAIN', seed }, (data) =>
          takeBatches(data, 3),
        );
        let mirrors = 0;
        for (const [number, tops] of taken.entries()) {
          for (let item = 0; item < batch; item++) {
            // Two of eight are foreground; they come last.
            const of = item < 6 ? background : foreground;
            const draws = drawsOf(seed, 'windows', number * batch + item);
            const box = of[draws.below(of.length, 'window', 0)];
            if (box === undefined) throw new Error('there is no window');
            const mirrored = draws.below(2, 'mirror') === 1;
            mirrors += Number(mirrored);
            expect(tops.get('label')?.[item]).to.equal(box.label);
            const size = 3 * crop * crop;
            const given = tops
              .get('data')
              ?.subarray(item * size, (item + 1) * size);
            expect(given, `batch ${number}, item ${item}`).to.deep.equal(
              warped(box, mirrored, pad, mode === 'square', 7),
            );
          }
        }
        expect(mirrors).to.be.within(1, 3 * batch - 1);
      }));
  }

  it('gives the same for any number of threads', () =>
    withTemporaryFolder(async (folder) => {
      const net = layer(await windowsIn(folder), 2, 'square');
      const [alone, threads] = await Promise.all(
        [0, 2].map((workers) =>
          withNetData(net, { phase: 'TRAIN', workers }, (data) =>
            takeBatches(data, 4),
          ),
        ),
      );
      expect(threads).to.deep.equal(alone);
    }));
});
