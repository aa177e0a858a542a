import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { MessageName } from '../compiler/schema/message.js';
import { fieldsOf, isMessageName } from '../compiler/schema/message-type.js';

/** What is known of a layer type beyond its page. */
export interface LayerSupport {
  /** Fields of its own message in BVLC's Caffe and the authors'. */
  readonly options: readonly string[];
  /** Phases in which cases of the reference Caffe have run it. */
  readonly phases: readonly string[];
  /** Cases of the reference Caffe that pass, and how many of them check gradients. */
  readonly passed: number;
  readonly gradients: number;
}

interface Case {
  readonly phase: string;
  readonly input_diffs?: object;
  readonly param_diffs?: object;
}

/** `Accuracy, passed 12` in the counts that the conformance test holds. */
function passedCases(root: string): ReadonlyMap<string, number> {
  const text = readFileSync(join(root, 'test/conformance/counts.txt'), 'utf8');
  return new Map(
    [...text.matchAll(/^(\w+),.*?passed (\d+)/gm)].map(
      ([, type = '', count]) => [type, Number(count)],
    ),
  );
}

function casesOf(root: string, type: string): readonly Case[] {
  const folder = join(root, 'test/reference/layers', type);
  if (!existsSync(folder)) return [];
  return readdirSync(folder).map(
    (name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Case,
  );
}

/** The message that the layer's file reads: `message.get('pooling_param')`. */
function optionsOf(source: string): readonly string[] {
  const field = /\.get\(\s*'(\w+_param)',?\s*\)/.exec(source)?.[1];
  const entry = fieldsOf('LayerParameter').find(({ name }) => name === field);
  const message = entry?.typeName;
  if (message === undefined || !isMessageName(message)) return [];
  return fieldsOf(message satisfies MessageName)
    .filter(
      ({ dialects }) =>
        dialects === undefined ||
        dialects.includes('bvlc') ||
        dialects.includes('ran'),
    )
    .map(({ name }) => name);
}

/** Looks a layer's options up in its file, and its cases among those of the reference Caffe. */
export function layerSupport(
  root: string,
  type: string,
  file: string,
): LayerSupport {
  const cases = casesOf(root, type);
  return {
    options: optionsOf(readFileSync(join(root, file), 'utf8')),
    phases: [...new Set(cases.map(({ phase }) => phase))].toSorted(),
    passed: passedCases(root).get(type) ?? 0,
    gradients: cases.filter(
      ({ input_diffs, param_diffs }) =>
        input_diffs !== undefined || param_diffs !== undefined,
    ).length,
  };
}
