import { checkFilling } from './check-filling.js';
import {
  compareBlobs,
  type Comparison,
  fillerTolerance,
  forwardTolerance,
  gradientTolerance,
} from './compare.js';
import type { Computed } from './compute-case.js';
import type { CaseBlobs, CaseParameters, LayerCase } from './layer-case.js';

function compareAll(
  what: string,
  found: CaseBlobs,
  expected: CaseBlobs = {},
  tolerance: number,
): readonly Comparison[] {
  return Object.entries(expected).map(([name, blob]) =>
    compareBlobs(`${what} ${name}`, found[name], blob, tolerance),
  );
}

const compareParameters = (
  what: string,
  found: CaseParameters,
  expected: CaseParameters = {},
  tolerance: number,
): readonly Comparison[] =>
  Object.entries(expected).flatMap(([layer, blobs]) =>
    blobs.map((blob, index) =>
      compareBlobs(
        `${what} ${layer}[${index}]`,
        found[layer]?.[index],
        blob,
        tolerance,
      ),
    ),
  );

/** Blobs that the net has and the case does not expect, or the other way round. */
function sameNames(
  what: string,
  found: readonly string[],
  expected: readonly string[] | undefined,
): readonly Comparison[] {
  if (expected === undefined || found.join() === expected.join()) return [];
  return [
    {
      what,
      difference: Infinity,
      tolerance: 0,
      fault: `are ${found.join(', ')}, not ${expected.join(', ')}`,
    },
  ];
}

/** Compares what was computed with what the case expects of the forward pass. */
export function judgeCase(
  content: LayerCase,
  computed: Computed,
): readonly Comparison[] {
  const tolerance = forwardTolerance(content.layer_type, content.net);
  const fromFiller = Object.fromEntries(
    (content.params_from_filler ?? []).map((layer) => [
      layer,
      content.params_before?.[layer] ?? [],
    ]),
  );
  return [
    ...sameNames('layers', computed.layers, content.layers),
    ...sameNames(
      'outputs',
      Object.keys(computed.outputs).toSorted(),
      content.outputs && Object.keys(content.outputs).toSorted(),
    ),
    ...compareAll('output', computed.outputs, content.outputs, tolerance),
    ...compareAll('blob', computed.blobs, content.blobs, tolerance),
    ...compareParameters(
      'filled',
      computed.filled,
      fromFiller,
      fillerTolerance,
    ),
    ...compareParameters(
      'after forward',
      computed.params_after,
      content.params_after,
      tolerance,
    ),
    ...(content.loss === undefined
      ? []
      : [
          compareBlobs(
            'loss',
            { shape: [], data: [computed.loss ?? 'nan'] },
            { shape: [], data: [content.loss] },
            forwardTolerance('', ''),
          ),
        ]),
    ...compareAll(
      'gradient of',
      computed.input_diffs,
      content.input_diffs,
      gradientTolerance(content, 'input'),
    ),
    ...compareParameters(
      'gradient of',
      computed.param_diffs,
      content.param_diffs,
      gradientTolerance(content, 'parameter'),
    ),
    ...Object.entries(content.filled ?? {}).flatMap(([layer, fillings]) =>
      fillings.flatMap((filling, index) =>
        checkFilling(
          `${layer}[${index}]`,
          computed.filled[layer]?.[index],
          filling,
        ),
      ),
    ),
  ];
}
