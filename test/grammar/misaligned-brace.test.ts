import { expect } from 'chai';

import { parse } from '../../grammar/parse.js';
import { positionAt } from '../../grammar/source.js';

/** The notes of the only mistake: `line:column message`. */
function notesOf(lines: readonly string[]): string[] {
  const source = { name: 'test', text: lines.join('\n') };
  const { diagnostics } = parse(source);
  expect(diagnostics).to.have.length(1);
  return (diagnostics[0]?.notes ?? []).map(({ message, span }) => {
    const { line, column } = positionAt(source, span?.start ?? 0);
    return `${line}:${column} ${message}`;
  });
}

describe('Misaligned brace', () => {
  it('shows where a closing brace is missing', () => {
    const lines = [
      'layer {',
      '  relu_param {',
      '    negative_slope: 0.1',
      '}',
      'layer {',
      '}',
    ];
    expect(notesOf(lines)).to.deep.equal([
      "1:7 '{' was opened here",
      "4:1 this '}' closes the '{' of line 2, which is indented otherwise",
    ]);
  });

  it('shows where a closing brace is too many', () => {
    const lines = ['layer {', '  param { a: 1 }', '  }', '  top: "x"', '}'];
    expect(notesOf(lines)).to.deep.equal([
      "3:3 this '}' closes the '{' of line 1, which is indented otherwise",
    ]);
  });

  it('says nothing of texts without indentation to go by', () => {
    expect(notesOf(['layer { a { b: 1 }'])).to.deep.equal([
      "1:7 '{' was opened here",
    ]);
  });
});
