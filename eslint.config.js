import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

const noEnvironment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'The environment is read in server/config.ts only.',
};
const noLiteralHundred = {
  selector: 'Literal[value=100]',
  message: 'Currencies have 0, 2 or 3 decimals and rates are parts per million: no literal 100 near money.',
};
const noFloats = {
  selector: 'CallExpression[callee.name=/^(parseFloat|Number)$/]',
  message: 'Money is bigint minor units; decimal strings are read by parseMinorUnits.',
};
const noClockInDecisions = {
  selector:
    "CallExpression[callee.object.name='Date'][callee.property.name='now'], NewExpression[callee.name='Date'][arguments.length=0]",
  message: 'A decision gets its clock as an argument.',
};

export default tseslint.config(
  {
    ignores: [
      'node_modules',
      'dist',
      'coverage',
      'plugins/woocommerce/**',
      '**/*.mjs',
      '*.cjs',
      '.dependency-cruiser.cjs',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  prettier,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['eslint.config.js'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      eqeqeq: ['error', 'always'],
      'no-restricted-syntax': ['error', noEnvironment],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // We write no classes whose methods need `this`; parts are closures, passed on by name.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
    },
  },
  { files: ['server/config.ts', 'test/**'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['server/shared/**', 'server/flow/**'],
    ignores: [
      'server/flow/**/*.{model,store,routes,schema}.ts',
      'server/flow/**/on-*.ts',
      'server/flow/**/create-*.ts',
    ],
    rules: {
      'no-restricted-syntax': ['error', noEnvironment, noLiteralHundred, noFloats, noClockInDecisions],
    },
  },
  {
    files: ['test/**'],
    rules: {
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  { files: ['eslint.config.js'], extends: [tseslint.configs.disableTypeChecked] },
);
