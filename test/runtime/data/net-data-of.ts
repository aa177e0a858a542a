import { layersOf } from '../../../compiler/read-net.js';

import type {
  NetData,
  NetDataOptions,
  OpenedNetData,
} from '../../../runtime/data/net-data.js';
import { openNetData } from '../../../runtime/data/open-net-data.js';

export type OpenOptions = Partial<NetDataOptions>;

/** Opens the data layers of a prototxt. */
export function openedOf(
  prototxt: string,
  options: OpenOptions = {},
): Promise<OpenedNetData> {
  const all = { phase: 'TEST', seed: 1, workers: 0, ...options } as const;
  const source = { name: 'data.prototxt', text: prototxt };
  return openNetData(layersOf(source, { phase: all.phase }).layers, all);
}

/** Uses the data of a prototxt that is sound, and closes them whatever happens. */
export async function withNetData<Result>(
  prototxt: string,
  options: OpenOptions,
  work: (data: NetData) => Promise<Result>,
): Promise<Result> {
  const { data, diagnostics } = await openedOf(prototxt, options);
  if (data === undefined) {
    throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  }
  try {
    return await work(data);
  } finally {
    await data.close();
  }
}

/** Copies of the values of the next `count` batches, by top. */
export async function takeBatches(
  data: NetData,
  count: number,
): Promise<readonly ReadonlyMap<string, Float32Array>[]> {
  const taken: ReadonlyMap<string, Float32Array>[] = [];
  for (let done = 0; done < count; done++) {
    const batch = await data.next();
    taken.push(
      new Map(
        Array.from(batch.tensors, ([name, { data: values }]) => [
          name,
          Float32Array.from(values as Float32Array),
        ]),
      ),
    );
    batch.release();
  }
  return taken;
}
