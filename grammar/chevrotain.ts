import type * as Chevrotain from 'chevrotain';

/*
 * Chevrotain, from its bundle. The entry of the package imports some hundred modules of
 * lodash one by one, which takes longer (0.4 s) than to parse and compile a net; the same
 * code as one file lies beside it and loads in a twentieth of that.
 */
const bundle = new URL('../chevrotain.mjs', import.meta.resolve('chevrotain'));

async function load(): Promise<typeof Chevrotain> {
  try {
    return (await import(bundle.href)) as typeof Chevrotain;
  } catch {
    // A bundler or another version may have put it elsewhere.
    return import('chevrotain');
  }
}

export const { createToken, CstParser, EOF, generateCstDts, Lexer, VERSION } =
  await load();
