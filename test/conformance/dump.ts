import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { CaseParameters } from './layer-case.js';
import type { CaseResult } from './run-case.js';

const isEmpty = (value: object): boolean => Object.keys(value).length === 0;

/** The filled parameters that the case does not give. */
function fromFillers({ file, computed }: CaseResult): CaseParameters {
  const { params_before = {}, params_from_filler = [] } = file.content;
  return Object.fromEntries(
    Object.entries(computed?.filled ?? {}).filter(
      ([layer]) =>
        params_before[layer] === undefined ||
        params_from_filler.includes(layer),
    ),
  );
}

/** What was computed, in the form of a case. */
export function dumpOf(result: CaseResult): object {
  const { caffe, layer_type, phase, state } = result.file.content;
  const { computed, error } = result;
  const entries = Object.entries({
    outputs: computed?.outputs ?? {},
    blobs: computed?.blobs ?? {},
    params_before: fromFillers(result),
    params_after: computed?.params_after ?? {},
    input_diffs: computed?.input_diffs ?? {},
    param_diffs: computed?.param_diffs ?? {},
  }).filter(([key, value]) => key === 'outputs' || !isEmpty(value));
  return {
    caffe,
    layer_type,
    case: result.file.content.case,
    phase,
    ...(state === undefined ? {} : { state }),
    ...(computed === undefined ? {} : { layers: computed.layers }),
    ...(computed === undefined ? {} : Object.fromEntries(entries)),
    ...(computed?.loss === undefined ? {} : { loss: computed.loss }),
    ...(error === undefined ? {} : { error }),
    ...(result.notComputed.length === 0
      ? {}
      : { not_computed: result.notComputed }),
  };
}

/** Writes `out/<path of the case>`, one key a line as the cases have it. */
export function dumpCase(out: string, result: CaseResult): void {
  const path = join(out, result.file.relative);
  mkdirSync(dirname(path), { recursive: true });
  const lines = Object.entries(dumpOf(result)).map(
    ([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`,
  );
  writeFileSync(path, `{\n${lines.join(',\n')}\n}\n`);
}
