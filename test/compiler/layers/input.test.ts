import { expect } from 'chai';

import { shapeText } from '../../../compiler/ir/types.js';
import { readNet, type ReadOptions } from '../../../compiler/read-net.js';

const read = (
  tops: readonly string[],
  param: string,
  options: ReadOptions = {},
) => {
  const names = tops.map((top) => `top: "${top}"`).join(' ');
  const text = `layer { name: "data" type: "Input" ${names} input_param { ${param} } }`;
  const { net, diagnostics } = readNet({ name: 'net.prototxt', text }, options);
  return {
    inputs: (net?.inputs ?? []).map(
      ({ name, shape }) =>
        `${name} ${shape === undefined ? '?' : shapeText(shape)}`,
    ),
    messages: diagnostics.map(({ message }) => message),
  };
};

describe('Input layer', () => {
  it('has one shape for all tops, or one for each (C1)', () => {
    const one = 'shape { dim: 2 dim: 3 }';
    expect(read(['a', 'b'], one).inputs).to.deep.equal(['a 2x3', 'b 2x3']);
    expect(read(['a', 'b'], `${one} shape { dim: 4 }`).inputs).to.deep.equal([
      'a 2x3',
      'b 4',
    ]);
    expect(read(['a', 'b', 'c'], `${one} ${one}`).messages).to.deep.equal([
      "Input layer 'data': needs one shape, or one for each of its 3 tops",
    ]);
  });

  it('may be given other shapes than the file has, or any at all', () => {
    const inputShapes = new Map([['a', [7, 8]]]);
    expect(
      read(['a', 'b'], 'shape { dim: 2 }', { inputShapes }).inputs,
    ).to.deep.equal(['a 7x8', 'b 2']);
    expect(read(['a'], '', { inputShapes }).inputs).to.deep.equal(['a 7x8']);
  });

  it('refuses sizes that are none', () => {
    for (const size of [0, -1]) {
      expect(
        read(['a'], `shape { dim: 2 dim: ${size} }`).messages,
      ).to.deep.equal([
        `Input layer 'data': top 0 (2x${size}) has nothing in it`,
      ]);
    }
  });
});
