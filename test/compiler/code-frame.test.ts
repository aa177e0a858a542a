import { expect } from 'chai';

import { renderDiagnostic } from '../../compiler/code-frame.js';
import type { Diagnostic, Note } from '../../compiler/diagnostics.js';

/** A diagnostic at the first occurrence of `token`. */
function at(
  text: string,
  token: string,
  notes: readonly Note[] = [],
): Diagnostic {
  const start = text.indexOf(token);
  const source = { name: 'net.prototxt', text };
  return {
    code: 'text/unknown-field',
    severity: 'error',
    message: 'no such field',
    span: { source, start, end: start + token.length },
    notes,
  };
}

const plain = (found: Diagnostic, width?: number): string[] =>
  renderDiagnostic(found, { colour: false, width }).split('\n');

describe('a diagnostic for people', () => {
  it('has its place, its line and the token', () => {
    const found = at('name: "x"\nlayer {\n  typ: "ReLU"\n}\n', 'typ', [
      { message: "did you mean 'type'?" },
    ]);
    expect(plain(found)).to.deep.equal([
      'net.prototxt:3:3: error[text/unknown-field]: no such field',
      '3 |   typ: "ReLU"',
      '  |   ^^^',
      "  = did you mean 'type'?",
    ]);
  });

  it('shows second places like the first', () => {
    const text = 'name: "x"\nname: "y"';
    const source = { name: 'other.prototxt', text };
    const found = at(text, '"y"', [
      { message: 'first here', span: { source, start: 0, end: 4 } },
    ]);
    expect(plain(found)).to.deep.equal([
      'net.prototxt:2:7: error[text/unknown-field]: no such field',
      '2 | name: "y"',
      '  |       ^^^',
      'other.prototxt:1:1: note: first here',
      '1 | name: "x"',
      '  | ^^^^',
    ]);
  });

  it('aligns tabs and wide characters, and drops carriage returns', () => {
    expect(plain(at('\ta\ttyp: 1\r\n', 'typ')).slice(1)).to.deep.equal([
      '1 |     a   typ: 1',
      '  |         ^^^',
    ]);
    expect(plain(at('name: "大小" typ: 1', 'typ')).slice(1)).to.deep.equal([
      '1 | name: "大小" typ: 1',
      '  |              ^^^',
    ]);
  });

  it('lets no control characters through', () => {
    expect(plain(at('a: "\u001b[31m" typ: 1', 'typ'))[1]).to.equal(
      '1 | a: "\ufffd[31m" typ: 1',
    );
  });

  it('cuts long lines around the token', () => {
    const line = `${'a'.repeat(200)} typ ${'b'.repeat(200)}`;
    for (const width of [40, 60, 100]) {
      const [, text = '', mark = ''] = plain(at(line, 'typ'), width);
      expect(text.length).to.be.at.most(width);
      expect(text).to.match(/^1 \| ….*typ.*…$/);
      expect(text.slice(mark.indexOf('^'), mark.length)).to.equal('typ');
    }
    const [, first = ''] = plain(at(`typ ${'b'.repeat(200)}`, 'typ'), 40);
    expect(first).to.match(/^1 \| typ b+…$/);
    const [, last = '', mark = ''] = plain(
      at(`${'b'.repeat(200)} typ`, 'typ'),
      40,
    );
    expect(last).to.match(/^1 \| …b+ typ$/);
    expect(last.length).to.equal(mark.length);
  });

  it('cuts tokens that are longer than the line', () => {
    const [, text = '', mark = ''] = plain(
      at('x'.repeat(300), 'x'.repeat(300)),
      40,
    );
    expect(text.length).to.be.at.most(40);
    expect(mark.length).to.be.at.most(40);
  });

  it('marks the end of the text and the first of several lines', () => {
    expect(plain(at('layer {\n}\nx', '{\n}')).slice(1)).to.deep.equal([
      '1 | layer {',
      '  |       ^',
    ]);
    const text = 'name:';
    const source = { name: 'x', text };
    const end = { ...at(text, ''), span: { source, start: 5, end: 5 } };
    expect(plain(end).slice(1)).to.deep.equal(['1 | name:', '  |      ^']);
  });

  it('has no place without a span', () => {
    const found: Diagnostic = {
      code: 'weights/missing-layer',
      severity: 'warning',
      message: 'no layer',
      notes: [{ message: 'advice' }],
    };
    expect(plain(found)).to.deep.equal([
      'warning[weights/missing-layer]: no layer',
      ' = advice',
    ]);
  });

  it('is coloured only if asked', () => {
    const found = at('typ: 1', 'typ');
    const coloured = renderDiagnostic(found, { colour: true });

    const bare = coloured.replace(/\u001b\[\d+m/g, '');
    expect(coloured).not.to.equal(bare);
    expect(bare).to.equal(renderDiagnostic(found, { colour: false }));
  });
});
