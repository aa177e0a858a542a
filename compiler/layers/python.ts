import { atLeast, defineLayer } from './define-layer.js';

/**
 * Python (python_layer.hpp): a class of a Python module. It is refused: no Python is run, and
 * what the class computes is not known.
 */
export const python = defineLayer({
  type: 'Python',
  bottoms: atLeast(0),
  tops: atLeast(0),
  setUp(context) {
    const param = context.message.get('python_param');
    return context.refuse(
      `is the class '${param.get('layer')}' of the Python module '${param.get('module')}', which is not run; replace it by Caffe's own layers, or cut the net before it`,
      param.has('layer') ? param.spanOf('layer') : param.span,
    );
  },
});
