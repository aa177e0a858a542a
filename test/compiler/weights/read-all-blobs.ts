/** Run by memory.test.ts in a process of its own: reads every blob of a file and keeps it. */
import { readCaffemodel } from '../../../compiler/weights/caffemodel-reader.js';

import { openSource } from './file-source.js';

const source = openSource(process.argv[2] ?? '');
const before = process.resourceUsage().maxRSS;
const start = performance.now();
const { file } = readCaffemodel(source);
const indexed = performance.now();
const blobs = (file?.layers ?? []).flatMap((layer) =>
  layer.blobs.map((blob) => blob.read()),
);
const read = performance.now();
source.close();
process.stdout.write(
  JSON.stringify({
    values: blobs.reduce((sum, values) => sum + values.length, 0),
    kilobytes: process.resourceUsage().maxRSS - before,
    indexing: indexed - start,
    reading: read - indexed,
  }),
);
