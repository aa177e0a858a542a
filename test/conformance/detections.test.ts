import { expect } from 'chai';

import { numbers } from '../support/numbers.js';
import { requireNative } from '../support/require-native.js';
import { runLayer } from '../support/run-layer.js';

type Box = readonly [number, number, number, number];

interface Settings {
  readonly batch: number;
  readonly classes: number;
  readonly boxes: number;
  readonly shared: boolean;
  readonly background: number;
  readonly code: 'CORNER' | 'CENTER_SIZE' | 'CORNER_SIZE';
  readonly inTarget: boolean;
  readonly overlap: number;
  readonly best: number;
  readonly most: number;
  readonly least: number;
}

const usual: Settings = {
  batch: 2,
  classes: 4,
  boxes: 60,
  shared: true,
  background: 0,
  code: 'CENTER_SIZE',
  inTarget: false,
  overlap: 0.3,
  best: -1,
  most: -1,
  least: 0.2,
};

const variances = [0.5, 0.5, 0.25, 0.25] as const;

/** Priors all over the image, some confidences equal. */
function made({ batch, classes, boxes, shared }: Settings) {
  const own = shared ? 1 : classes;
  const corners = Array.from({ length: boxes }, (_, at): Box => {
    const [x = 0, y = 0, w = 0, h = 0] = numbers(4, 50 + at);
    const [left, top] = [0.4 + 0.3 * x, 0.4 + 0.3 * y];
    return [left, top, left + 0.2 + 0.15 * w, top + 0.2 + 0.15 * h];
  });
  return {
    locations: numbers(batch * boxes * own * 4, 3),
    confidences: numbers(batch * boxes * classes, 4).map(
      (value) => Math.round(50 * (value + 1)) / 100,
    ),
    priors: Float32Array.from([
      ...corners.flat(),
      ...corners.flatMap(() => variances),
    ]),
  };
}

type Made = ReturnType<typeof made>;

function decoded(
  [a = 0, b = 0, c = 0, d = 0]: readonly number[],
  [left = 0, top = 0, right = 0, bottom = 0]: readonly number[],
  { code, inTarget }: Settings,
): Box {
  const [v0, v1, v2, v3] = inTarget ? ([1, 1, 1, 1] as const) : variances;
  const [width, height] = [right - left, bottom - top];
  if (code === 'CORNER') {
    return [left + v0 * a, top + v1 * b, right + v2 * c, bottom + v3 * d];
  }
  if (code === 'CORNER_SIZE') {
    return [
      left + v0 * a * width,
      top + v1 * b * height,
      right + v2 * c * width,
      bottom + v3 * d * height,
    ];
  }
  const x = (left + right) / 2 + v0 * a * width;
  const y = (top + bottom) / 2 + v1 * b * height;
  const [w, h] = [Math.exp(v2 * c) * width, Math.exp(v3 * d) * height];
  return [x - w / 2, y - h / 2, x + w / 2, y + h / 2];
}

/** JaccardOverlap. */
function shareOf(a: Box, b: Box): number {
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  if (width <= 0 || height <= 0) return 0;
  const area = (box: Box): number =>
    box[2] < box[0] || box[3] < box[1]
      ? 0
      : (box[2] - box[0]) * (box[3] - box[1]);
  return (width * height) / (area(a) + area(b) - width * height);
}

interface Found {
  readonly label: number;
  readonly score: number;
  readonly box: Box;
}

const byScore = (a: Found, b: Found): number => b.score - a.score;

/** The rule, box by box, with lists and loops as the reference has them. */
function detected(settings: Settings, data: Made): readonly number[] {
  const { batch, classes, boxes, shared, background } = settings;
  const own = shared ? 1 : classes;
  const rows: number[] = [];
  for (let image = 0; image < batch; image++) {
    const ofImage: Found[] = [];
    for (let label = 0; label < classes; label++) {
      if (label === background) continue;
      const candidates = Array.from({ length: boxes }, (_, at): Found => {
        const place = (image * boxes + at) * own + (shared ? 0 : label);
        return {
          label,
          score: data.confidences[(image * boxes + at) * classes + label] ?? 0,
          box: decoded(
            [...data.locations.subarray(4 * place, 4 * place + 4)],
            [...data.priors.subarray(4 * at, 4 * at + 4)],
            settings,
          ),
        };
      })
        .filter(({ score }) => score > Math.fround(settings.least))
        .toSorted(byScore)
        .slice(0, settings.best < 0 ? boxes : settings.best);
      const kept: Found[] = [];
      for (const each of candidates) {
        const isFree = kept.every(
          ({ box }) => shareOf(each.box, box) <= settings.overlap,
        );
        if (isFree) kept.push(each);
      }
      ofImage.push(...kept);
    }
    const best = ofImage.toSorted(byScore);
    const stay = new Set(
      settings.most < 0 ? best : best.slice(0, settings.most),
    );
    for (const found of ofImage.filter((each) => stay.has(each))) {
      rows.push(image, found.label, found.score, ...found.box);
    }
  }
  if (rows.length > 0) return rows;
  return Array.from({ length: batch }, (_, image) => [
    image,
    ...new Array<number>(6).fill(-1),
  ]).flat();
}

describe('Detections of a single shot detector', function () {
  this.timeout(60_000);

  before(function () {
    requireNative(this);
  });

  const run = async (settings: Settings) => {
    const { batch, classes, boxes, shared } = settings;
    const data = made(settings);
    const [found] = await runLayer({
      type: 'DetectionOutput',
      bottoms: [
        [batch, boxes * (shared ? 1 : classes) * 4],
        [batch, boxes * classes],
        [1, 2, boxes * 4],
      ],
      fields: `detection_output_param {
        num_classes: ${classes} share_location: ${shared}
        background_label_id: ${settings.background}
        code_type: ${settings.code}
        variance_encoded_in_target: ${settings.inTarget}
        keep_top_k: ${settings.most} confidence_threshold: ${settings.least}
        nms_param { nms_threshold: ${settings.overlap} top_k: ${settings.best} }
      }`,
      inputs: [data.locations, data.confidences, data.priors],
    });
    return { found, wanted: detected(settings, data) };
  };

  for (const [name, settings] of Object.entries<Partial<Settings>>({
    'of two images (C2, C4)': {},
    'locations of each class': { shared: false },
    'no background': { background: -1 },
    'a background in the middle': { background: 2, shared: false },
    'corners (C1)': { code: 'CORNER' },
    'corners by the size of the prior (C1)': { code: 'CORNER_SIZE' },
    'without variances (C1)': { inTarget: true },
    'corners that have changed sides': { code: 'CORNER', inTarget: true },
    'the best of a class (C2)': { best: 7 },
    'the best of an image (C3)': { most: 9 },
    'the best of both (C3)': { most: 5, best: 4 },
    'one class of one image': { batch: 1, classes: 2, most: 3 },
    'nothing (C4)': { least: 1 },
    'nothing, of an image': { batch: 1, least: 1 },
  })) {
    it(`are those of the rule: ${name}`, async () => {
      const { found, wanted } = await run({ ...usual, ...settings });
      expect(found?.shape).to.deep.equal([1, 1, wanted.length / 7, 7]);
      found?.data.forEach((value, at) => {
        expect(value, `row ${Math.floor(at / 7)}, ${at % 7}`).to.be.closeTo(
          wanted[at] ?? NaN,
          1e-5,
        );
      });
    });
  }
});
