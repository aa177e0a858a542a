import { type Command, InvalidArgumentError, Option } from 'commander';

import type { Precision } from '../compiler/passes/precision.js';

/** Flags of every command that reads a prototxt. */
export interface TextFlags {
  readonly dialect: string;
  readonly strict?: true;
}

/** Flags of every command that sets up a net. */
export interface NetFlags extends TextFlags {
  readonly phase: 'TRAIN' | 'TEST';
  readonly stage: readonly string[];
  readonly level: number;
  readonly solver?: string;
  readonly inputShape: ReadonlyMap<string, readonly number[]>;
  readonly globalPool?: true;
  readonly bnStatistics?: 'inverse-std' | 'variance';
}

/** Flags of every command that prints a result. */
export interface OutputFlags {
  readonly json?: true;
}

export const wholeNumber =
  (least: number) =>
  (text: string): number => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || number < least) {
      throw new InvalidArgumentError(
        `It has to be a whole number from ${least} on.`,
      );
    }
    return number;
  };

/** A seed as the graph takes it, 32 bits with a sign. */
export function seedNumber(text: string): number {
  const seed = wholeNumber(0)(text);
  if (seed < 2 ** 31) return seed;
  throw new InvalidArgumentError('It has to be less than 2147483648.');
}

export function integer(text: string): number {
  if (!/^-?\d+$/.test(text)) {
    throw new InvalidArgumentError('It has to be a whole number.');
  }
  return Number(text);
}

export function positiveNumber(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number) || number <= 0) {
    throw new InvalidArgumentError('It has to be a number above 0.');
  }
  return number;
}

/** For flags that may be given several times. */
export const collect = (
  text: string,
  before: readonly string[],
): readonly string[] => [...before, text];

/** `a,b` and several times: one list. */
export const collectList = (
  text: string,
  before: readonly string[] = [],
): readonly string[] => [
  ...before,
  ...text.split(',').filter((part) => part !== ''),
];

export function collectShape(
  text: string,
  before: ReadonlyMap<string, readonly number[]>,
): ReadonlyMap<string, readonly number[]> {
  const [, name, sizes] = /^(.+)=(\d+(?:[,x]\d+)*)$/.exec(text) ?? [];
  const shape = sizes?.split(/[,x]/).map(Number) ?? [];
  if (name === undefined || shape.length === 0 || shape.includes(0)) {
    throw new InvalidArgumentError('It has the form data=1,3,224,224.');
  }
  return new Map(before).set(name, shape);
}

/** `BLOB=FILE`, several times. */
export function collectAssignment(
  text: string,
  before: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const [, name, file] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (name === undefined || file === undefined) {
    throw new InvalidArgumentError('It has the form data=FILE.npy.');
  }
  return new Map(before).set(name, file);
}

/** How a text is read. */
export const addTextFlags = (command: Command): Command =>
  command
    .addOption(
      new Option(
        '--schema, --dialect <name>',
        'whose prototxt it is: ran (also: fork), bvlc, auto',
      ).default('auto'),
    )
    .option('--strict', 'unknown fields, values and a byte order mark: errors');

/** How a net is read. */
export const addNetFlags = (
  command: Command,
  phase: NetFlags['phase'] = 'TEST',
): Command =>
  addTextFlags(command)
    .addOption(
      new Option('--phase <phase>', 'which layers are there')
        .choices(['TRAIN', 'TEST'])
        .default(phase),
    )
    .option('--stage <name>', 'a stage that is on; repeatable', collect, [])
    .option('--level <number>', 'the level', integer, 0)
    .option('--solver <file>', 'the nets of a solver, with its states')
    .option(
      '--input-shape <blob=n,c,h,w>',
      'instead of the shape in the file; repeatable',
      collectShape,
      new Map(),
    )
    .option('--global-pool', 'the last average pool becomes global')
    .addOption(
      new Option('--bn-statistics <kind>', 'what the 4th blob of a BN holds')
        .choices(['inverse-std', 'variance'])
        .default(undefined, 'inverse-std'),
    );

export const addWeightFlag = (command: Command): Command =>
  command.option(
    '--weights <file,...>',
    'weight files; of several the last that has a layer counts',
    collectList,
  );

const precisions: readonly Precision[] = ['fp32', 'bf16'];

/** In what products are computed; parameters stay float32. */
export const addPrecisionFlag = (command: Command): Command =>
  command.addOption(
    new Option(
      '--precision <numbers>',
      'of convolutions and matrix products: float32 or bfloat16',
    )
      .choices(precisions)
      .default('fp32'),
  );

export const addJsonFlag = (
  command: Command,
  what = 'one JSON document on stdout',
): Command => command.option('--json', what);
