import { isError } from '../../../../compiler/diagnostics.js';
import { loadNet } from '../../../../compiler/schema/load-net.js';
import type { Message } from '../../../../compiler/schema/message.js';

import type { ReadMean } from '../../../../runtime/data/transform/mean-file.js';
import type { TransformSettings } from '../../../../runtime/data/transform/settings.js';
import {
  type MadeSettings,
  transformSettings,
} from '../../../../runtime/data/transform/transform-settings.js';

/** The `transform_param` of the first layer of a net. */
export function transformParam(
  text: string,
): Message<'TransformationParameter'> {
  const { net, diagnostics } = loadNet({ name: 'net.prototxt', text });
  const layer = net?.get('layer')[0];
  if (layer === undefined) throw new Error(diagnostics[0]?.message);
  return layer.get('transform_param');
}

const noMean = (file: string): ReadMean => {
  throw new Error(`${file} is not asked for`);
};

/** What `options` within a `transform_param` stand for. */
export const made = (
  options: string,
  phase: 'TRAIN' | 'TEST' = 'TEST',
  readMean: (file: string) => ReadMean = noMean,
): MadeSettings =>
  transformSettings(
    transformParam(
      `layer { name: "data" type: "Data" top: "data" transform_param { ${options} } }`,
    ),
    phase,
    readMean,
  );

export function settingsOf(
  options: string,
  phase: 'TRAIN' | 'TEST' = 'TEST',
  readMean: (file: string) => ReadMean = noMean,
): TransformSettings {
  const { settings, diagnostics } = made(options, phase, readMean);
  if (settings === undefined) {
    throw new Error(diagnostics.find(isError)?.message);
  }
  return settings;
}
