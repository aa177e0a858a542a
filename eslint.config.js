import { defineConfig } from 'eslint/config';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { importX } from 'eslint-plugin-import-x';
import simpleImportSort from 'eslint-plugin-simple-import-sort';
import tseslint from 'typescript-eslint';

/** The stages in the order of the pipeline: a folder imports only from those before it. */
const stages = ['grammar', 'compiler', 'runtime', 'prototxts', 'cli'];
const mayImport = {
  grammar: [],
  compiler: ['grammar'],
  runtime: ['grammar', 'compiler'],
  prototxts: ['grammar'],
  cli: ['grammar', 'compiler', 'runtime', 'prototxts'],
};

const zones = stages.flatMap((target) =>
  [...stages, 'test', 'bench', 'scripts']
    .filter((from) => from !== target && !mayImport[target].includes(from))
    .map((from) => ({
      target: `./${target}`,
      from: `./${from}`,
      message: `${target}/ may import only from: ${[...mayImport[target], 'itself'].join(', ')} (see ARCHITECTURE.md).`,
    })),
);

const onlyIn = (names, place) => ({
  paths: names.map((name) => ({
    name,
    message: `Only ${place} imports ${name} (see ARCHITECTURE.md).`,
  })),
});
const tensorflow = onlyIn(
  ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs', '@tensorflow/tfjs-node'],
  'runtime/tensorflow.ts',
);
const terminal = onlyIn(['ink', 'react'], 'cli/');
const files = onlyIn(
  ['node:fs', 'node:fs/promises', 'node:child_process', 'node:worker_threads'],
  'runtime/ and cli/ (compiler/ takes texts and byte sources)',
);

export default defineConfig(
  {
    ignores: [
      'dist/',
      'node_modules/',
      '**/*.rancc/',
      'grammar/cst.d.ts',
      '**/generated/',
      'test/golden/',
      'test/reference/',
    ],
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [
      tseslint.configs.strictTypeChecked,
      tseslint.configs.stylisticTypeChecked,
    ],
    plugins: { 'import-x': importX, 'simple-import-sort': simpleImportSort },
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
      },
    },
    settings: {
      'import-x/resolver-next': [createTypeScriptImportResolver()],
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      // `return context.refuse(...)` gives the undefined that stands for a refusal.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-generated-empty-object-type': 'off',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      'import-x/no-cycle': 'error',
      'import-x/no-default-export': 'error',
      'import-x/no-restricted-paths': ['error', { zones }],
      'no-console': 'error',
      'simple-import-sort/exports': 'error',
      'simple-import-sort/imports': [
        'error',
        {
          groups: [
            ['^node:', '^@?\\w'],
            ['/grammar/'],
            ['/compiler/'],
            ['/runtime/', '/prototxts/'],
            ['^'],
            ['^\\.'],
          ],
        },
      ],
    },
  },
  {
    files: ['grammar/**', 'compiler/**', 'prototxts/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: [...tensorflow.paths, ...terminal.paths, ...files.paths] },
      ],
    },
  },
  {
    files: ['runtime/**'],
    ignores: ['runtime/tensorflow.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: [...tensorflow.paths, ...terminal.paths] },
      ],
    },
  },
  {
    files: ['cli/**'],
    rules: { 'no-restricted-imports': ['error', { paths: tensorflow.paths }] },
  },
  {
    // Chai's assertions are expressions, and tests poke at what types forbid.
    files: ['test/**'],
    rules: { '@typescript-eslint/no-unused-expressions': 'off' },
  },
  {
    files: ['scripts/**', 'bench/**'],
    rules: { 'no-console': 'off' },
  },
);
