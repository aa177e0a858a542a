import { compile, type Model } from '../../compiler/compile.js';
import { type Diagnostic, isError } from '../../compiler/diagnostics.js';
import { verify } from '../../compiler/ir/verify.js';
import { type Blob, finalBlob, type Net } from '../../compiler/net/net.js';
import type { Pipeline } from '../../compiler/passes/index.js';

import { type CaseFile, wantsBackward } from './layer-case.js';

export interface CompiledCase {
  /** undefined where the compiler refuses the net. */
  readonly model: Model | undefined;
  readonly errors: readonly Diagnostic[];
}

/** The last value of each blob that is no output. */
export const innerBlobs = (net: Net): readonly Blob[] => {
  const outputs = new Set(net.outputs.map(({ name }) => name));
  const names = new Set(
    net.layers.flatMap(({ tops }) => tops.map(({ name }) => name)),
  );
  return [...names].flatMap((name) => {
    const blob = outputs.has(name) ? undefined : finalBlob(net, name);
    return blob === undefined ? [] : [blob];
  });
};

/** Compiles the net of a case as `run` does, and verifies the graph after every pass. */
export function compileCase(
  { path, content }: CaseFile,
  pipeline: Pipeline,
  blobs: 'outputs' | 'inner',
): CompiledCase {
  const { model, diagnostics } = compile(
    { name: path, text: content.net },
    {
      strict: true,
      dialect: content.caffe === 'fork' ? 'ran' : 'bvlc',
      phase: content.phase,
      stages: content.state?.stage ?? [],
      level: content.state?.level ?? 0,
      pipeline,
      differentiate: blobs === 'outputs' && wantsBackward(content),
      observe: (pass, graph) => {
        verify(graph, `${path} after ${pass}`);
      },
      observed: (net) => ({
        kind: 'blobs',
        blobs: blobs === 'outputs' ? net.outputs : innerBlobs(net),
      }),
    },
  );
  return { model, errors: diagnostics.filter(isError) };
}
