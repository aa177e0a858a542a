import { expect } from 'chai';

import { compile } from '../../../compiler/compile.js';

import { oneLayerText, readOneLayer } from '../../support/one-layer.js';

const layers = {
  MultiBoxLoss: [
    [2, 40],
    [2, 30],
    [1, 2, 40],
    [1, 1, 5, 8],
  ],
  RegionLoss: [
    [2, 125, 13, 13],
    [2, 30, 5],
  ],
  Yolov3: [
    [2, 75, 13, 13],
    [2, 90, 5],
  ],
  YoloDetectionOutput: [[1, 125, 13, 13]],
  Yolov3DetectionOutput: [
    [1, 255, 13, 13],
    [1, 255, 26, 26],
  ],
} as const;

describe('Layers that are known by their shapes alone', () => {
  for (const [type, bottoms] of Object.entries(layers)) {
    const isLoss = !type.endsWith('Output');

    it(`${type} has its tops, and is refused where it would run`, () => {
      const layer = { type, bottoms };
      const found = readOneLayer(layer);
      const message = `layer 'layer' is of the type '${type}', of which only the shapes are known: it cannot be run`;
      expect(found.tops).to.deep.equal([isLoss ? 'scalar' : '1x1x?x7']);
      expect(found.diagnostics).to.deep.equal([
        `layer/shapes-only: ${message}`,
      ]);
      const text = oneLayerText(layer);
      const { model, diagnostics } = compile({ name: 'net.prototxt', text });
      expect(model).to.equal(undefined);
      const [{ span } = {}] = diagnostics;
      expect(span?.source.text.slice(span.start, span.end)).to.equal(
        `"${type}"`,
      );
    });
  }
});
