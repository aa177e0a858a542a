import type { Span } from '../../../grammar/source.js';

import {
  type Diagnostic,
  diagnostic,
  isError,
} from '../../../compiler/diagnostics.js';
import type { Message } from '../../../compiler/schema/message.js';
import { definitionsOf, isIn } from '../../../compiler/schema/message-type.js';

import type { DecodeMode } from '../images/decode-image.js';
import { augmentFaults, augmentSettings } from './augment-settings.js';
import { labelNoise, labelNoiseFaults } from './label-noise-settings.js';
import type { ReadMean } from './mean-file.js';
import type { Mean, TransformSettings } from './settings.js';

type TransformParam = Message<'TransformationParameter'>;

export interface MadeSettings {
  /** undefined where an error is among the diagnostics. */
  readonly settings: TransformSettings | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The settings that a `transform_param` stands for in a phase (data_transformer.cpp), with the
 * mean that `readMean` reads of its `mean_file`. Whether they fit the images, `misfitOf` says.
 */
export function transformSettings(
  param: TransformParam,
  phase: 'TRAIN' | 'TEST',
  readMean: (file: string) => ReadMean,
): MadeSettings {
  const mean = meanOf(param, readMean);
  const diagnostics = [
    ...foreignOptions(param),
    ...contradictions(param),
    ...augmentFaults(param),
    ...labelNoiseFaults(param),
    ...mean.diagnostics,
  ];
  if (diagnostics.some(isError)) return { settings: undefined, diagnostics };
  const settings = {
    phase,
    decode: decodeMode(param),
    crop: param.get('crop_size'),
    mirror: param.get('mirror'),
    mean: mean.mean,
    scale: param.get('scale'),
    ...augmentSettings(param.get('rancc_augment'), phase),
    labelNoise: labelNoise(param, phase),
  };
  return { settings, diagnostics };
}

const decodeMode = (param: TransformParam): DecodeMode =>
  param.get('force_color')
    ? 'color'
    : param.get('force_gray')
      ? 'gray'
      : 'unchanged';

interface FoundMean {
  readonly mean: Mean;
  readonly diagnostics: readonly Diagnostic[];
}

function meanOf(
  param: TransformParam,
  readMean: (file: string) => ReadMean,
): FoundMean {
  if (param.has('mean_file')) {
    const { mean, diagnostics } = readMean(param.get('mean_file'));
    const span = param.spanOf('mean_file');
    return {
      mean:
        mean === undefined ? { kind: 'none' } : { kind: 'image', image: mean },
      diagnostics: diagnostics.map((one) => ({ ...one, span })),
    };
  }
  const values = param.get('mean_value');
  return {
    mean: values.length === 0 ? { kind: 'none' } : { kind: 'values', values },
    diagnostics: [],
  };
}

const refused = (reason: string, span: Span): Diagnostic =>
  diagnostic('data/transform-refused', { reason }, { span });

function contradictions(param: TransformParam): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  if (param.has('mean_file') && param.has('mean_value')) {
    const reason = 'give a mean_file or mean_values, not both';
    found.push(refused(reason, param.spanOf('mean_value')));
  }
  if (param.get('force_color') && param.get('force_gray')) {
    const reason = 'give force_color or force_gray, not both';
    found.push(refused(reason, param.spanOf('force_gray')));
  }
  return found;
}

/** Options of other Caffes, and those that nobody knows: images would be other ones. */
function foreignOptions(param: TransformParam): readonly Diagnostic[] {
  const foreign = param.written().flatMap(({ entry, spans }) => {
    const isOurs = definitionsOf(param.type, entry.name).some(
      (one) => isIn(one, 'bvlc') || isIn(one, 'rancc'),
    );
    if (isOurs) return [];
    return [refused(unsupported(entry.name), spans[0] ?? param.span)];
  });
  const unknown = param.unknown.map(({ name, span }) =>
    refused(unsupported(name), span),
  );
  return [...foreign, ...unknown];
}

const unsupported = (name: string): string =>
  `the option '${name}' is not supported, and would give other images`;
