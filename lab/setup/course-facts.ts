/**
 * `lab/routes/course/make-facts.ts?made`: what it makes, as data, when the site is built. Nothing of the engine, the questions or the texts comes
 * with it.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runnerImport, type Plugin } from 'vite';
import type { CourseFacts } from '../routes/course/course-facts.ts';
import { markdown } from './markdown.ts';
import { top } from './places.mjs';

const suffix = 'make-facts.ts?made';

export function courseFacts(): Plugin {
  let building = false;
  return {
    name: 'surge-lab:course-facts',
    enforce: 'pre',
    configResolved({ command }) {
      building = command === 'build';
    },
    async load(id) {
      if (!id.endsWith(suffix)) return null;
      const { module, dependencies } = await runnerImport<{ facts: CourseFacts }>(
        join(top, 'lab/routes/course/make-facts.ts'),
        { configFile: false, root: top, logLevel: 'error', plugins: [markdown()] },
      );
      if (!building)
        for (const file of dependencies.map((path) => resolve(top, path)))
          if (existsSync(file)) this.addWatchFile(file);
      return `export default ${JSON.stringify(module.facts)};`;
    },
  };
}
