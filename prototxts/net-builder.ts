import type { Layer, Message, Section } from './layer.js';
import type { Purpose } from './purpose.js';

export interface ConvolutionShape {
  readonly channels: number;
  readonly kernel: 1 | 3 | 7;
  readonly stride?: 1 | 2;
  readonly group?: number;
}

/**
 * Collects layers in the order of the file. Each method adds one layer and returns its
 * top, so a piece of network reads from bottom to top: `net.relu(net.batchNorm(conv))`.
 */
export class NetBuilder {
  readonly #purpose: Purpose;
  readonly #convolutionRates: readonly Message[];
  readonly #sections: { comment: string; layers: Layer[] }[] = [];

  /** @param convolutionRates the `param` blocks that every convolution carries. */
  constructor(purpose: Purpose, convolutionRates: readonly Message[]) {
    this.#purpose = purpose;
    this.#convolutionRates = convolutionRates;
  }

  get sections(): readonly Section[] {
    return this.#sections;
  }

  /** Layers added from here on stand under this comment. */
  section(comment: string): void {
    this.#sections.push({ comment, layers: [] });
  }

  /** Named as Caffe names the layer that it makes of an old `input` field. */
  input(blob: string, shape: readonly number[]): string {
    const input_param = { shape: { dim: shape } };
    return this.#add('Input', 'input', [], { input_param }, { tops: [blob] });
  }

  /**
   * Images and labels of a database in one phase. Both phases have such a layer of the same
   * name and tops, as Caffe's own nets do.
   */
  data(
    phase: 'TRAIN' | 'TEST',
    tops: readonly string[],
    fields: Message,
  ): void {
    this.#add('Data', 'data', [], { include: { phase }, ...fields }, { tops });
  }

  /** Without bias, for a BN follows sooner or later; padded to keep the size at stride 1. */
  convolution(name: string, bottom: string, shape: ConvolutionShape): string {
    const { channels, kernel, stride = 1, group } = shape;
    const convolution_param = {
      num_output: channels,
      pad: (kernel - 1) / 2,
      kernel_size: kernel,
      stride,
      ...(group === undefined ? {} : { group }),
      bias_term: false,
      ...this.#purpose.weightFiller,
    };
    return this.#add(
      'Convolution',
      name,
      [bottom],
      { convolution_param },
      { param: this.#convolutionRates },
    );
  }

  batchNorm(bottom: string): string {
    const { rates, bn_param } = this.#purpose.batchNorm;
    return this.#add(
      'BN',
      `${bottom}/bn`,
      [bottom],
      { bn_param },
      { param: rates },
    );
  }

  /** In place. */
  relu(bottom: string): string {
    return this.#add(
      'ReLU',
      `${bottom}/relu`,
      [bottom],
      {},
      { tops: [bottom] },
    );
  }

  batchNormRelu(bottom: string): string {
    return this.relu(this.batchNorm(bottom));
  }

  /** 3x3 with stride 2 and no padding: halves the size, because Caffe rounds up. */
  maxPool(name: string, bottom: string): string {
    const pooling_param = { pool: 'MAX', kernel_size: 3, stride: 2 };
    return this.#add('Pooling', name, [bottom], { pooling_param });
  }

  averagePool(name: string, bottom: string, kernel: number): string {
    const pooling_param = { pool: 'AVE', kernel_size: kernel, stride: 1 };
    return this.#add('Pooling', name, [bottom], { pooling_param });
  }

  /** Bilinear, to the size of the blob `like`. */
  interpolate(name: string, bottom: string, like: string): string {
    return this.#add('Interp', name, [bottom, like], {});
  }

  sum(name: string, first: string, second: string): string {
    return this.#eltwise('SUM', name, first, second);
  }

  product(name: string, first: string, second: string): string {
    return this.#eltwise('PROD', name, first, second);
  }

  sigmoid(name: string, bottom: string): string {
    return this.#add('Sigmoid', name, [bottom], {});
  }

  /**
   * Each position divided by its length, the root of the sum of squares over all `channels`:
   * a window of 2C - 1 channels around any channel holds all C of them.
   */
  unitLength(name: string, bottom: string, channels: number): string {
    const local_size = 2 * channels - 1;
    return this.#add('LRN', name, [bottom], {
      // Caffe divides alpha by local_size. A k of 0 would divide 0 by 0.
      lrn_param: { local_size, alpha: local_size, beta: 0.5, k: 1e-12 },
    });
  }

  /** Each channel of each picture less its mean, and divided by its standard deviation. */
  standardise(name: string, bottom: string): string {
    return this.#add('MVN', name, [bottom], {});
  }

  innerProduct(name: string, bottom: string, outputs: number): string {
    return this.#add('InnerProduct', name, [bottom], {
      inner_product_param: {
        num_output: outputs,
        ...this.#purpose.weightFiller,
        ...this.#purpose.biasFiller,
      },
    });
  }

  softmax(name: string, bottom: string): string {
    return this.#add('Softmax', name, [bottom], {});
  }

  softmaxLoss(name: string, scores: string, labels: string): string {
    return this.#add('SoftmaxWithLoss', name, [scores, labels], {});
  }

  /** How often the label is among the `most` classes of the highest scores; in TEST alone. */
  accuracy(name: string, scores: string, labels: string, most: number): string {
    return this.#add('Accuracy', name, [scores, labels], {
      include: { phase: 'TEST' },
      accuracy_param: { top_k: most },
    });
  }

  #eltwise(
    operation: 'SUM' | 'PROD',
    name: string,
    first: string,
    second: string,
  ): string {
    return this.#add('Eltwise', name, [first, second], {
      eltwise_param: { operation },
    });
  }

  #add(
    type: string,
    name: string,
    bottoms: readonly string[],
    fields: Message,
    {
      tops = [name],
      param = [],
    }: { tops?: readonly string[]; param?: readonly Message[] } = {},
  ): string {
    if (this.#sections.length === 0) this.section(name);
    this.#sections
      .at(-1)
      ?.layers.push({ name, type, bottoms, tops, param, fields });
    return tops[0] ?? name;
  }
}
