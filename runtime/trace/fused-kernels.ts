import type { EmittedGraph } from '../../compiler/emit/graph-def.js';
import type { NodeDef } from '../../compiler/emit/node-emitter.js';

/** Kernels of several ops in one: `_FusedConv2D`, `_FusedMatMul`, oneDNN's `_MklNativeFusedConv2D`. */
const fusedOp = /^_\w*Fused/;

/** What such a kernel begins with. */
const firstOp =
  /^(Conv2D|Conv3D|DepthwiseConv2dNative|MatMul|FusedBatchNorm\w*)$/;

/** What it may do beside that. */
const furtherOps: ReadonlySet<string> = new Set([
  ...['BiasAdd', 'Add', 'AddV2'],
  ...['Relu', 'Relu6', 'Elu', 'LeakyRelu', 'Tanh', 'Sigmoid'],
]);

/** No kernel fuses more of them. */
const mostParts = 4;

/**
 * Finds which emitted nodes a fused kernel computes. TensorFlow's optimiser (Grappler's
 * remapper) gives it the name of the last of them.
 */
export class FusedKernels {
  private readonly graph: Pick<EmittedGraph, 'nodes'>;
  private byName: ReadonlyMap<string, NodeDef> | undefined;

  constructor(graph: Pick<EmittedGraph, 'nodes'>) {
    this.graph = graph;
  }

  /** The nodes from the last one to the convolution or product; empty if nothing is fused. */
  partsOf(name: string, op: string): readonly string[] {
    return fusedOp.test(op) ? (this.pathFrom(name, mostParts) ?? []) : [];
  }

  private pathFrom(name: string, most: number): readonly string[] | undefined {
    this.byName ??= new Map(this.graph.nodes.map((node) => [node.name, node]));
    const node = this.byName.get(name);
    if (node === undefined || most === 0) return undefined;
    if (firstOp.test(node.op)) return [name];
    if (!furtherOps.has(node.op)) return undefined;
    for (const input of node.input) {
      const rest = this.pathFrom(input.replace(/:\d+$/, ''), most - 1);
      if (rest !== undefined) return [name, ...rest];
    }
    return undefined;
  }
}
