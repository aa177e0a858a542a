import type { Net } from '../../compiler/net/net.js';
import type {
  WeightBlob,
  WeightFile,
  WeightLayer,
} from '../../compiler/weights/weight-file.js';

/** The name of the convolution of one group of `layer`. */
export const groupLayer = (layer: string, group: number): string =>
  `${layer}/group${group}`;

const layerText = (
  type: string,
  name: string,
  bottoms: readonly string[],
  tops: readonly string[],
  param: string,
): string =>
  [
    `layer { name: "${name}" type: "${type}"`,
    ...bottoms.map((bottom) => `bottom: "${bottom}"`),
    ...tops.map((top) => `top: "${top}"`),
    `${param} }`,
  ].join(' ');

/** The text of a layer as it stands in the file. */
const textOf = (net: Net, index: number): string => {
  const span = net.layers[index]?.message.span;
  return span === undefined
    ? ''
    : `layer ${span.source.text.slice(span.start, span.end).replace(/^layer\s*/, '')}`;
};

/**
 * The net with every grouped convolution written out: its bottom sliced, a convolution for
 * each group, their tops joined.
 */
export function ungroupedText(net: Net): string {
  return net.layers
    .flatMap(({ name, message, bottoms, tops }, index) => {
      const param = message.get('convolution_param');
      const groups = param.get('group');
      if (message.get('type') !== 'Convolution' || groups === 1) {
        return [textOf(net, index)];
      }
      const numbers = Array.from({ length: groups }, (_, group) => group);
      const part = (side: string, group: number): string =>
        `${groupLayer(name, group)}/${side}`;
      const fields = [
        `num_output: ${param.get('num_output') / groups}`,
        `bias_term: ${param.get('bias_term')}`,
        ...param.get('kernel_size').map((size) => `kernel_size: ${size}`),
        ...param.get('pad').map((size) => `pad: ${size}`),
        ...param.get('stride').map((size) => `stride: ${size}`),
      ].join(' ');
      return [
        layerText(
          'Slice',
          `${name}/slice`,
          [bottoms[0]?.name ?? ''],
          numbers.map((group) => part('in', group)),
          'slice_param { axis: 1 }',
        ),
        ...numbers.map((group) =>
          layerText(
            'Convolution',
            groupLayer(name, group),
            [part('in', group)],
            [part('out', group)],
            `convolution_param { ${fields} }`,
          ),
        ),
        layerText(
          'Concat',
          `${name}/concat`,
          numbers.map((group) => part('out', group)),
          [tops[0]?.name ?? ''],
          'concat_param { axis: 1 }',
        ),
      ];
    })
    .join('\n');
}

/** A share of the blob's first axis as a blob. */
function partOf(blob: WeightBlob, group: number, groups: number): WeightBlob {
  const [outputs = 0, ...rest] = blob.shape;
  const count = blob.count / groups;
  return {
    ...blob,
    shape: [outputs / groups, ...rest],
    count,
    read: () => blob.read().slice(group * count, (group + 1) * count),
  };
}

/** The weights of a net for its ungrouped form. */
export function ungroupedWeights(net: Net, file: WeightFile): WeightFile {
  const groupsOf = new Map(
    net.layers.map(({ name, message }) => [
      name,
      message.get('convolution_param').get('group'),
    ]),
  );
  const layers = file.layers.flatMap((layer): readonly WeightLayer[] => {
    const groups = groupsOf.get(layer.name) ?? 1;
    if (groups === 1) return [layer];
    return Array.from({ length: groups }, (_, group) => ({
      ...layer,
      name: groupLayer(layer.name, group),
      blobs: layer.blobs.map((blob) => partOf(blob, group, groups)),
    }));
  });
  return { ...file, layers };
}
