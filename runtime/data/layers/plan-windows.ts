import { existsSync } from 'node:fs';

import { diagnostic } from '../../../compiler/diagnostics.js';

import type { TransformSettings } from '../transform/settings.js';
import type { WindowPlan } from './layer-plan.js';
import { readListText } from './list-text.js';
import {
  type Layer,
  nothing,
  type Planned,
  planOf,
  type PlanOptions,
  PlanRefused,
  reading,
  settingsOf,
  sourceRefused,
} from './planning.js';
import { readWindowFile, type Windows } from './window-file.js';

/** Images are read in colour, whatever the file says. */
const channels = 3;

/** A WindowData layer (window_data_layer.cpp) over the file that it names. */
export async function planWindows(
  layer: Layer,
  options: PlanOptions,
): Promise<Planned> {
  const param = layer.get('window_data_param');
  const path = param.get('source');
  const batch = param.get('batch_size');
  const span = param.spanOf('source');
  const crop = layer.get('transform_param').get('crop_size');
  if (batch < 1 || crop < 1) return nothing;
  if (options.ignoresAbsent && !existsSync(path)) return nothing;
  const transform = settingsOf(layer, options);
  requireHeeded(layer, transform);
  const text = await reading(layer, path, span, () => readListText(path));
  const file = readWindowFile(text, {
    foreground: param.get('fg_threshold'),
    background: param.get('bg_threshold'),
  });
  if (file.kind === 'bad') {
    const problem = `line ${file.line} ${file.problem}`;
    throw sourceRefused(layer, path, problem, span);
  }
  const share = param.get('fg_fraction');
  const foreground = Math.trunc(Math.fround(batch * Math.fround(share)));
  requireWindows(layer, file.windows, batch, foreground);
  const plan: WindowPlan = {
    kind: 'windows',
    path,
    root: param.get('root_folder'),
    windows: file.windows,
    foreground,
    contextPad: param.get('context_pad'),
    isSquare: param.get('crop_mode') === 'square',
    caches: param.get('cache_images'),
    transform,
  };
  const shapes = [[batch, channels, crop, crop], [batch]];
  return planOf(layer, options, shapes, plan);
}

/** What would divide by zero in Caffe. */
function requireWindows(
  layer: Layer,
  { foreground: objects, background }: Windows,
  batch: number,
  foreground: number,
): void {
  const param = layer.get('window_data_param');
  const lacking =
    foreground > 0 && objects.length === 0
      ? 'foreground'
      : foreground < batch && background.length === 0
        ? 'background'
        : undefined;
  if (lacking === undefined) return;
  throw sourceRefused(
    layer,
    param.get('source'),
    `has no ${lacking} window, and a batch needs some`,
    param.spanOf('source'),
  );
}

/** What the layer would not heed. */
function requireHeeded(layer: Layer, transform: TransformSettings): void {
  const param = layer.get('transform_param');
  const windows = layer.get('window_data_param');
  const refused = (reason: string, span = param.span): PlanRefused =>
    new PlanRefused([
      diagnostic('data/transform-refused', { reason }, { span }),
    ]);
  for (const field of ['rancc_augment', 'rancc_label_noise'] as const) {
    if (!param.has(field)) continue;
    throw refused(`WindowData takes no ${field}`, param.spanOf(field));
  }
  if (transform.scale !== 1) {
    const reason =
      "WindowData of Caffe pays no heed to 'scale'; scale with a Power layer";
    throw refused(reason, param.spanOf('scale'));
  }
  const mode = windows.get('crop_mode');
  if (mode !== 'warp' && mode !== 'square') {
    const reason = `there is no crop_mode '${mode}': it is warp or square`;
    throw refused(reason, windows.spanOf('crop_mode'));
  }
  const { crop, mean } = transform;
  const pad = windows.get('context_pad');
  if (2 * pad >= crop) {
    const reason = `a context_pad of ${pad} leaves nothing of a crop of ${crop}`;
    throw refused(reason, windows.spanOf('context_pad'));
  }
  if (mean.kind === 'none') return;
  if (mean.kind === 'values') {
    if (mean.values.length === 1 || mean.values.length === channels) return;
    const reason = `give one mean_value or ${channels}`;
    throw refused(reason, param.spanOf('mean_value'));
  }
  const { image } = mean;
  if (
    image.channels === channels &&
    Math.min(image.height, image.width) >= crop
  ) {
    return;
  }
  const size = `${image.channels}x${image.height}x${image.width}`;
  const reason = `the mean of ${size} does not cover windows of ${channels}x${crop}x${crop}`;
  throw refused(reason, param.spanOf('mean_file'));
}
