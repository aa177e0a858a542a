import { type Diagnostic, diagnostic } from '../../../compiler/diagnostics.js';
import type { Message } from '../../../compiler/schema/message.js';

import type { AreaCrop, ColourChange, TransformSettings } from './settings.js';

type Augment = Message<'RanccAugmentParameter'>;
type AugmentField = Parameters<Augment['get']>[0];

const areaFields = [
  'min_area',
  'max_area',
  'min_aspect',
  'max_aspect',
] as const satisfies readonly AugmentField[];

const colourFields = [
  'brightness',
  'contrast',
  'saturation',
  'lighting',
] as const satisfies readonly AugmentField[];

const isWritten = (augment: Augment, fields: readonly AugmentField[]) =>
  fields.some((field) => augment.has(field));

/** What `rancc_augment` stands for in a phase: what is at random, only in TRAIN. */
export function augmentSettings(
  augment: Augment,
  phase: 'TRAIN' | 'TEST',
): Pick<TransformSettings, 'std' | 'shortSide' | 'pad' | 'area' | 'colour'> {
  const isTraining = phase === 'TRAIN';
  return {
    std: augment.get('std'),
    shortSide: augment.get('short_side'),
    pad: isTraining ? augment.get('pad') : 0,
    area: isTraining ? areaCrop(augment) : undefined,
    colour: isTraining ? colourChange(augment) : undefined,
  };
}

function areaCrop(augment: Augment): AreaCrop | undefined {
  if (!isWritten(augment, areaFields)) return undefined;
  return {
    minArea: augment.get('min_area'),
    maxArea: augment.get('max_area'),
    minAspect: augment.get('min_aspect'),
    maxAspect: augment.get('max_aspect'),
  };
}

function colourChange(augment: Augment): ColourChange | undefined {
  if (colourFields.every((field) => augment.get(field) === 0)) return undefined;
  return {
    brightness: augment.get('brightness'),
    contrast: augment.get('contrast'),
    saturation: augment.get('saturation'),
    lighting: augment.get('lighting'),
  };
}

/** What is wrong with `rancc_augment` by itself and beside the other options. */
export function augmentFaults(
  param: Message<'TransformationParameter'>,
): readonly Diagnostic[] {
  const augment = param.get('rancc_augment');
  const found: Diagnostic[] = [];
  const refuse = (isWrong: boolean, field: AugmentField, reason: string) => {
    if (!isWrong) return;
    const span = augment.spanOf(field);
    found.push(diagnostic('data/transform-refused', { reason }, { span }));
  };
  for (const { name, span } of augment.unknown) {
    const reason = `rancc_augment has no option '${name}'`;
    found.push(diagnostic('data/transform-refused', { reason }, { span }));
  }
  const area = areaFields.find((field) => augment.has(field));
  const hasCrop = param.get('crop_size') > 0;
  const hasMeanFile = param.has('mean_file');
  const pad = augment.get('pad');
  const [minArea, maxArea] = [augment.get('min_area'), augment.get('max_area')];
  const [minAspect, maxAspect] = [
    augment.get('min_aspect'),
    augment.get('max_aspect'),
  ];
  refuse(pad > 0 && !hasCrop, 'pad', 'pad needs a crop_size');
  if (area !== undefined) {
    refuse(!hasCrop, area, `${area} needs a crop_size`);
    refuse(pad > 0, 'pad', `give pad or ${area}, not both`);
    refuse(hasMeanFile, area, meanFileBeside(area));
    refuse(
      !(minArea > 0 && minArea <= maxArea && maxArea <= 1),
      area,
      'min_area has to be above 0, and max_area from min_area to 1',
    );
    refuse(
      !(minAspect > 0 && minAspect <= maxAspect && Number.isFinite(maxAspect)),
      area,
      'min_aspect has to be above 0, and max_aspect at least as large',
    );
  }
  const resizes = augment.get('short_side') > 0;
  refuse(resizes && hasMeanFile, 'short_side', meanFileBeside('short_side'));
  for (const field of colourFields) {
    const most = field === 'lighting' ? Infinity : 1;
    const value = augment.get(field);
    const range = most === 1 ? 'from 0 to 1' : '0 or more';
    refuse(
      !(value >= 0 && value <= most && Number.isFinite(value)),
      field,
      `${field} has to be ${range}`,
    );
  }
  const isDivisor = (value: number) => value > 0 && Number.isFinite(value);
  refuse(
    !augment.get('std').every(isDivisor),
    'std',
    'a std has to be above 0',
  );
  return found;
}

const meanFileBeside = (option: string): string =>
  `${option} resizes images, to which the image of mean_file does not fit then; give mean_values`;
