/*
 * All tests share a process, and TensorFlow reads its variables once: whichever test comes
 * first, the grouped convolutions of a later one need oneDNN.
 */
process.env['TF_ENABLE_ONEDNN_OPTS'] ??= '1';
