import { generateAttention } from './attention.js';
import { datasets, unitNames } from './choices.js';
import { family } from './family.js';

export interface PrototxtFile {
  /** From the root of the project: `prototxts/imagenet/Attention-92/deploy.prototxt`. */
  readonly path: string;
  readonly text: string;
}

/** Every prototxt of the family that the project keeps: `prototxts/<dataset>/<net>/`. */
export function prototxtFiles(): PrototxtFile[] {
  return datasets.flatMap((dataset) =>
    unitNames.flatMap((unit) =>
      family[dataset][unit].flatMap(({ depth }) => {
        const generated = generateAttention({
          depth,
          unit,
          dataset,
          folder: `prototxts/${dataset}`,
        });
        if ('refusal' in generated) return [];
        return generated.files.map(({ name, text }) => ({
          path: `prototxts/${dataset}/${generated.net}/${name}`,
          text,
        }));
      }),
    ),
  );
}
