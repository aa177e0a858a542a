import type { IToken } from 'chevrotain';

import { EOF } from './chevrotain.js';
import { Identifier, Numeric, Text } from './tokens.js';

/** What a token is, for a sentence with "found". */
export function describe(token: IToken): string {
  const { tokenType } = token;
  if (tokenType === EOF) return 'the end of the file';
  const image = shorten(token.image);
  if (tokenType === Identifier) return `'${image}'`;
  if (tokenType.CATEGORIES?.includes(Text)) return `the string ${image}`;
  if (tokenType.CATEGORIES?.includes(Numeric)) return `the number ${image}`;
  return `'${image}'`;
}

const longest = 40;

/** The beginning of a token, for a message. */
export function shorten(image: string): string {
  const cut = image.length > longest ? `${image.slice(0, longest)}…` : image;
  return visible(cut);
}

/** Characters that do not show, by their code points. */
export function visible(text: string): string {
  return text.replace(
    /[\0-\x1f\x7f-\xa0\u200b-\u200f\u2028-\u202f\ufeff]|\p{Surrogate}/gu,
    nameOfCharacter,
  );
}

export function nameOfCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  // A byte that is not UTF-8, see text-encoding.ts.
  if (code >= 0xdc80 && code <= 0xdcff)
    return `byte 0x${(code - 0xdc00).toString(16)}`;
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}
