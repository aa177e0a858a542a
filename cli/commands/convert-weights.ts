import { isError } from '../../compiler/diagnostics.js';
import {
  formByName,
  formText,
  type WeightForm,
} from '../../compiler/weights/weight-form.js';

import { writeWeights } from '../../runtime/weights/write-weights.js';

import { type Emit, type Outcome, runStage } from '../events.js';
import { counted } from '../report/number-text.js';
import { UsageError } from '../usage-error.js';
import { openWeights } from '../weight-files.js';

export interface ConvertFlags {
  readonly to?: WeightForm;
}

/** Writes a weight file in another form: the same layers, shapes and values. */
export async function convert(
  from: string,
  to: string,
  flags: ConvertFlags,
  emit: Emit,
): Promise<Outcome> {
  const form = flags.to ?? formByName(to);
  if (form === undefined) {
    throw new UsageError(
      `the name ${to} tells no form of weight file`,
      'end it in .caffemodel, .caffemodel.h5, .npz or .safetensors, or give --to',
    );
  }
  const { files, diagnostics, close } = openWeights([from]);
  try {
    emit({ kind: 'diagnostics', diagnostics });
    const [file] = files;
    if (file === undefined) return 'refused';
    const said = await runStage(emit, `writing ${to}`, () =>
      writeWeights(to, form, file),
    );
    emit({ kind: 'diagnostics', diagnostics: said });
    if (said.some(isError)) return 'refused';
    const layers = file.layers.length;
    const parameters = file.layers
      .flatMap(({ blobs }) => blobs)
      .reduce((sum, { count }) => sum + count, 0);
    emit({
      kind: 'result',
      document: () => ({ file: to, form, layers, parameters }),
      view: () => [
        {
          kind: 'line',
          text: `wrote ${to}, ${formText[form]}: ${counted(layers, 'layer')}, ${counted(parameters, 'parameter')}`,
        },
      ],
    });
    return 'done';
  } finally {
    close();
  }
}
