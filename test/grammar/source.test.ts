import { expect } from 'chai';

import { join, lineText, positionAt } from '../../grammar/source.js';

const source = { name: 'test', text: 'one\r\n\ntwo 😀x\n' };

describe('Source', () => {
  it('counts lines and columns from 1, columns in UTF-16 code units', () => {
    const places = [0, 3, 5, 6, 12, source.text.length].map((offset) => {
      const { line, column } = positionAt(source, offset);
      return `${line}:${column}`;
    });
    expect(places).to.deep.equal(['1:1', '1:4', '2:1', '3:1', '3:7', '4:1']);
  });

  it('gives lines without their endings', () => {
    expect([1, 2, 3, 4, 5].map((line) => lineText(source, line))).to.deep.equal(
      ['one', '', 'two 😀x', '', ''],
    );
  });

  it('joins spans', () => {
    const first = { source, start: 3, end: 5 };
    const second = { source, start: 1, end: 4 };
    expect(join(first, second)).to.deep.equal({ source, start: 1, end: 5 });
  });
});
