/**
 * Puts the licence of every package that ends up in the site into dist/licenses/. The packages are those whose
 * modules the build really took in, so that none can be forgotten; fonts are named by the recipe.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { modules, top } from './places.mjs';

/** One collector for the page and its workers: `page` for the build, `worker` for each worker's own build. */
export function licences(alsoShipped: string[]): { page: Plugin; worker: () => Plugin } {
  const shipped = new Set(alsoShipped);
  const collect = (id: string) => {
    const name = packageOf(id);
    if (name) shipped.add(name);
  };
  return {
    page: {
      name: 'surge-lab:licences',
      apply: 'build',
      transform: { order: 'pre', handler: (_code, id) => collect(id) },
      generateBundle() {
        const emit = (name: string, source: string) =>
          this.emitFile({ type: 'asset', fileName: `licenses/${name}.txt`, source });
        emit('surge-lab', readFileSync(join(top, 'LICENSE'), 'utf8'));
        emit('NOTICE', readFileSync(join(top, 'NOTICE'), 'utf8'));
        for (const name of [...shipped].sort())
          emit(name.replace('@', '').replace('/', '-'), licenceOf(name));
      },
    },
    worker: () => ({
      name: 'surge-lab:licences-of-worker',
      apply: 'build',
      transform: { order: 'pre', handler: (_code, id) => collect(id) },
    }),
  };
}

/** `…/node_modules/@scope/name/file.js` → `@scope/name`; undefined for our own modules. */
function packageOf(id: string): string | undefined {
  const path = id.split('\\').join('/');
  return /.*\/node_modules\/((?:@[^/]+\/)?[^/.][^/]*)\//.exec(path)?.[1];
}

/** Licences of packages that say under which one they stand, but come without its text. */
const added = join(top, 'lab', 'setup', 'licences');

function licenceOf(name: string): string {
  const file = readdirSync(join(modules, name)).find((entry) => /^licen[sc]e(\.|$)/i.test(entry));
  if (file) return readFileSync(join(modules, name, file), 'utf8');
  const ours = join(added, `${name}.txt`);
  if (existsSync(ours)) return readFileSync(ours, 'utf8');
  const { license } = JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8'));
  return `The package ${name} comes without a licence file; its package.json says: ${license}\n`;
}
