import type { Layer, Message, Section } from './layer.js';

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
  readonly #convolutionRates: readonly Message[];
  readonly #sections: { comment: string; layers: Layer[] }[] = [];

  /** @param convolutionRates the `param` blocks that every convolution carries. */
  constructor(convolutionRates: readonly Message[]) {
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
    return this.#add('Input', 'input', [], { input_param }, blob);
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
    };
    return this.#add('Convolution', name, [bottom], { convolution_param });
  }

  /** `frozen`: a deploy net normalises with the moving statistics, whatever its phase. */
  batchNorm(bottom: string): string {
    return this.#add('BN', `${bottom}/bn`, [bottom], {
      bn_param: { frozen: true },
    });
  }

  /** In place. */
  relu(bottom: string): string {
    return this.#add('ReLU', `${bottom}/relu`, [bottom], {}, bottom);
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

  innerProduct(name: string, bottom: string, outputs: number): string {
    return this.#add('InnerProduct', name, [bottom], {
      inner_product_param: { num_output: outputs },
    });
  }

  softmax(name: string, bottom: string): string {
    return this.#add('Softmax', name, [bottom], {});
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
    top = name,
  ): string {
    const param = type === 'Convolution' ? this.#convolutionRates : [];
    if (this.#sections.length === 0) this.section(name);
    this.#sections
      .at(-1)
      ?.layers.push({ name, type, bottoms, tops: [top], param, fields });
    return top;
  }
}
