import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What the part of the suite that runs without TensorFlow takes, and leaves out. */
const { spec, ignore } = JSON.parse(
  readFileSync(join(root, '.mocharc.fast.json'), 'utf8'),
) as { readonly spec: readonly string[]; readonly ignore: readonly string[] };

/** The test files of a pattern such as `test/grammar/**`. */
function filesOf(pattern: string): readonly string[] {
  const [folder, rest] = pattern.split('/**');
  if (folder === undefined || rest === undefined) return [pattern];
  return readdirSync(join(root, folder), {
    recursive: true,
    encoding: 'utf8',
  })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`);
}

const usesTensorFlow = (file: string): boolean =>
  /support\/(require-native|run-ops)\.js/.test(
    readFileSync(join(root, file), 'utf8'),
  );

describe('The tests without TensorFlow', () => {
  it('leave out exactly the files of their folders that need it', () => {
    const found = spec.flatMap(filesOf).filter(usesTensorFlow);
    expect(found.toSorted()).to.deep.equal(ignore.toSorted());
  });
});
