/** Which blob an array of an .npz or safetensors file is. */
export interface BlobName {
  readonly layer: string;
  readonly number: number;
}

/**
 * rancc's own rule: what stands after the last slash is the number of the blob, all before
 * it the name of the layer, which may have slashes itself: `conv1/bn/3`.
 */
export const arrayName = (layer: string, number: number): string =>
  `${layer}/${number}`;

/**
 * Two more ways of writing it: `conv1#0`, as in rancc's goldens, and PyTorch's
 * `conv1.weight` and `conv1.bias`, which are blobs 0 and 1 of a layer with weights in
 * Caffe's order. Other words (`running_mean`) leave open which blob is meant.
 */
export function readArrayName(name: string): BlobName | undefined {
  const [, layer, number] = /^(.*)[/#](\d{1,6})$/s.exec(name) ?? [];
  if (layer !== undefined) return { layer, number: Number(number) };
  const [, module, role] = /^(.+)[./](weight|bias)$/s.exec(name) ?? [];
  return module === undefined
    ? undefined
    : { layer: module, number: role === 'weight' ? 0 : 1 };
}
