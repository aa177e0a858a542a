import { expect } from 'chai';

import { quote } from '../../prototxts/layer.js';
import { writeNet } from '../../prototxts/write-net.js';

describe('Writing a net as prototxt', () => {
  it('puts a field on a line, and a message within a layer on one', () => {
    const text = writeNet({
      name: 'tiny',
      heading: ['A net', 'of one layer'],
      sections: [
        {
          comment: 'Stem',
          layers: [
            {
              name: 'conv1',
              type: 'Convolution',
              bottoms: ['data'],
              tops: ['conv1'],
              param: [{ lr_mult: 1 }, { lr_mult: 2, decay_mult: 0 }],
              fields: {
                convolution_param: {
                  num_output: 4,
                  kernel_size: [3, 1],
                  bias_term: false,
                  engine: 'CAFFE',
                  weight_filler: { type: quote('msra') },
                },
              },
            },
          ],
        },
      ],
    });
    expect(text).to.equal(`# A net
# of one layer
name: "tiny"

# Stem
layer {
  name: "conv1"
  type: "Convolution"
  bottom: "data"
  top: "conv1"
  param { lr_mult: 1 }
  param { lr_mult: 2 decay_mult: 0 }
  convolution_param { num_output: 4 kernel_size: 3 kernel_size: 1 bias_term: false engine: CAFFE weight_filler { type: "msra" } }
}
`);
  });
});
