import { writeFile } from 'node:fs/promises';

import { generateCstDts } from '../grammar/chevrotain.js';
import { TextFormatParser } from '../grammar/parser.js';

/** The types of the concrete syntax tree, as grammar/cst.d.ts has them. */
export function cstTypes(): string {
  return generateCstDts(new TextFormatParser().getGAstProductions(), {
    includeVisitorInterface: true,
    visitorInterfaceName: 'TextFormatVisitor',
  });
}

if (import.meta.filename === process.argv[1]) {
  await writeFile(new URL('../grammar/cst.d.ts', import.meta.url), cstTypes());
}
