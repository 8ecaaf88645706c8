/** The language's own declarations up to ES2023, and what the sandbox adds. Nothing of the browser: a learner's file runs without one. */
import learner from '../../../exercises/learner.d.ts?raw';

const files = import.meta.glob<string>(
  [
    '../../../node_modules/typescript/lib/lib.es5.d.ts',
    '../../../node_modules/typescript/lib/lib.es20{15,16,17,18,19,20,21,22,23}*.d.ts',
    '../../../node_modules/typescript/lib/lib.decorators*.d.ts',
    '!**/*.full.d.ts',
  ],
  { query: '?raw', import: 'default', eager: true },
);

export const learnerFile = '/learner.d.ts';

/** By path, as `/lib.es5.d.ts`. */
export const libraries = new Map<string, string>([
  ...Object.entries(files).map(([path, text]): [string, string] => [path.slice(path.lastIndexOf('/')), text]),
  [learnerFile, learner],
]);
