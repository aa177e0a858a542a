import { expect } from 'chai';

import type { FieldNode, ValueNode } from '../../grammar/ast.js';
import { parse } from '../../grammar/parse.js';
import type { Span } from '../../grammar/source.js';

import { acceptedCases, acceptedText } from './text-format-cases.js';

/** Fails unless all that `text` gives lies inside it, in order. */
function check(text: string): void {
  const { document, diagnostics } = parse({ name: 'test', text });
  const fits = ({ start, end }: Span, within: Span): boolean =>
    within.start <= start && start <= end && end <= within.end;
  const whole = document.span;
  expect([whole.start, whole.end]).to.deep.equal([0, text.length]);
  const fail = (): never => expect.fail(JSON.stringify(text));
  for (const { span, notes } of diagnostics) {
    if (span === undefined || !fits(span, whole)) fail();
    for (const note of notes)
      if (note.span !== undefined && !fits(note.span, whole)) fail();
  }
  const visitField = ({ span, name, value }: FieldNode, around: Span): void => {
    if (!fits(span, around) || !fits(name.span, span)) fail();
    visitValue(value, span);
  };
  const visitValue = (value: ValueNode, around: Span): void => {
    if (!fits(value.span, around)) fail();
    if (value.kind === 'message')
      for (const field of value.fields) visitField(field, value.span);
    if (value.kind === 'list')
      for (const element of value.elements) visitValue(element, value.span);
  };
  for (const field of document.fields) visitField(field, whole);
}

/** A generator of numbers in [0, 1), the same in every run (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const texts = acceptedCases
  .map((accepted) => acceptedText(accepted).text)
  .filter((text) => text.length > 0 && text.length < 2000);

const disturbing = '{}<>[]:,;-./"\'#\\\n \0%09aé\ufeff\udcff';

describe('Robustness: damaged texts', () => {
  it('are read without a throw when cut off anywhere', () => {
    for (const text of texts) {
      const step = Math.ceil(text.length / 40);
      for (let end = 0; end < text.length; end += step)
        check(text.slice(0, end));
    }
  });

  it('are read without a throw when characters change', () => {
    const random = randomNumbers(1701);
    const below = (limit: number): number => Math.floor(random() * limit);
    for (const text of texts)
      for (let round = 0; round < 25; round += 1) {
        const characters = Array.from(text);
        for (let change = 0; change < 3; change += 1)
          characters.splice(
            below(characters.length),
            below(3),
            disturbing[below(disturbing.length)] ?? '',
          );
        check(characters.join(''));
      }
  });

  it('are read without a throw when they are nothing but noise', () => {
    const random = randomNumbers(42);
    for (let round = 0; round < 500; round += 1)
      check(
        Array.from(
          { length: 60 },
          () => disturbing[Math.floor(random() * disturbing.length)],
        ).join(''),
      );
  });

  const long = 200_000;
  for (const [title, text] of Object.entries({
    'an endless string': `a: "${'x'.repeat(10 * long)}"`,
    'an endless string of escapes': `a: "${'\\n'.repeat(long)}"`,
    'an endless unterminated string': `a: "${' '.repeat(long)}`,
    'an endless number': `a: ${'1'.repeat(long)}_`,
    'an endless name': 'a'.repeat(long),
    'many strings': `a: ${'"x" '.repeat(long / 4)}`,
    'many braces': '{'.repeat(long),
    'many brackets': `a: ${'['.repeat(long)}`,
    'many messages': 'a{'.repeat(long),
    'many closing braces': '}'.repeat(long),
    'many quotes': '"\n'.repeat(long / 10),
    'many minus signs': `a: ${'-'.repeat(long)}`,
    'many names': 'a '.repeat(long),
    'many mistakes': 'a: 0x\n'.repeat(long * 0.75),
  }))
    it(`survives ${title}`, () => {
      check(text);
    }).timeout(20_000);
});
