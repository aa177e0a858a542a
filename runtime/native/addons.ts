/** tfjs's binding between Node and TensorFlow. */
export const bindingName = 'tfjs_binding.node';
/** rancc's own, which keeps TensorFlow's talk at load off the terminal. */
export const heldStderrName = 'rancc_held_stderr.node';
/** Node-API 8 serves every Node from 20 on. */
export const napiVersion = 8;
/** Where tfjs looks for its binding, inside its npm package. */
export const addonFolder = `lib/napi-v${napiVersion}`;
