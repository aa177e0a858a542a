import { expect } from 'chai';

import { bfloat16Support } from '../../../runtime/native/bfloat16-support.js';
import type { Device } from '../../../runtime/native/device-report.js';

const processor: Device = { kind: 'CPU', name: 'any' };
const gpu = (computeCapability: string): Device => ({
  kind: 'GPU',
  name: 'any',
  computeCapability,
});

const supportOf = (
  cpuFeatures: readonly string[],
  { oneDnn = true, devices = [processor] } = {},
) => bfloat16Support({ devices, oneDnn, cpuFeatures });

describe('What a machine does with bfloat16', () => {
  it('is nothing of its own on a processor with AVX2 alone', () => {
    expect(supportOf(['avx', 'avx2', 'fma'])).to.deep.equal({
      arithmetic: false,
      sumInFloat32: false,
    });
  });

  it('is oneDNN where it has kernels, which are fast with instructions for them', () => {
    for (const kernels of ['avx512f', 'avx_ne_convert'])
      expect(supportOf([kernels])).to.deep.equal({
        arithmetic: false,
        sumInFloat32: true,
      });
    for (const fast of ['avx512_bf16', 'amx_bf16'])
      expect(supportOf(['avx512f', fast])).to.deep.equal({
        arithmetic: true,
        sumInFloat32: true,
      });
  });

  it('is nothing where oneDNN is off', () => {
    const features = ['avx512f', 'avx512_bf16', 'amx_bf16'];
    expect(supportOf(features, { oneDnn: false })).to.deep.equal({
      arithmetic: false,
      sumInFloat32: false,
    });
  });

  it('is of the GPU where there is one: from Ampere on it multiplies bfloat16', () => {
    for (const [capability, arithmetic] of [
      ['7.5', false],
      ['8.6', true],
      ['12.0', true],
    ] as const)
      expect(
        supportOf([], { oneDnn: false, devices: [processor, gpu(capability)] }),
      ).to.deep.equal({ arithmetic, sumInFloat32: true });
  });
});
