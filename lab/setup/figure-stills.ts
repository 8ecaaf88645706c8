/**
 * `lab/figures/<part>/<section>.ts?still`: the figure as it stands untouched, computed when the site is built, so that a section opens with a
 * picture of the right size. It is data: nothing of the engine comes with it.
 */
import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { runnerImport, type Plugin } from 'vite';
import { top } from './places.mjs';

const suffix = '.ts?still';

interface Stills {
  module: { stillOf: (section: string) => Promise<string | undefined> };
  dependencies: string[];
}

const loadStills = (): Promise<Stills> =>
  runnerImport(join(top, 'lab/figures/still.ts'), { configFile: false, root: top, logLevel: 'error' });

export function figureStills(): Plugin {
  let building = false;
  let loaded: Promise<Stills> | undefined;
  return {
    name: 'surge-lab:figure-stills',
    enforce: 'pre',
    configResolved({ command }) {
      building = command === 'build';
    },
    async load(id) {
      if (!id.endsWith(suffix)) return null;
      // While the site is worked on, a figure may have changed since the last time.
      if (!building || !loaded) loaded = loadStills();
      const { module, dependencies } = await loaded;
      if (!building)
        for (const file of dependencies.map((path) => resolve(top, path)))
          if (existsSync(file)) this.addWatchFile(file);
      return `export default ${(await module.stillOf(basename(id, suffix))) ?? 'undefined'};`;
    },
  };
}
