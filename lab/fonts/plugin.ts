/**
 * Cuts the fonts of the recipe down before a build or a development server starts. The results lie in a cache
 * below node_modules; style sheets reach them as `@fonts/<name>.woff2`, and Vite hashes and copies them.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import subsetFont from 'subset-font';
import type { Plugin } from 'vite';
import { cache, modules } from '../setup/places.mjs';
import { type Face, faces } from './recipe.ts';

export function fonts(): Plugin {
  const folder = join(cache, 'fonts');
  return {
    name: 'surge-lab:fonts',
    async config() {
      const alias: Record<string, string> = {};
      for (const face of faces) alias[`@fonts/${face.name}.woff2`] = await cut(face, folder);
      return { resolve: { alias } };
    },
  };
}

/** The path of the finished file; its folder is named by a hash of the original and of what was asked of it. */
async function cut(face: Face, folder: string): Promise<string> {
  const original = await readFile(join(modules, face.source));
  const { text, axes: variationAxes, features: keepFeatures } = face;
  const wish = { targetFormat: 'woff2', variationAxes, keepFeatures, noHinting: true } as const;
  const key = createHash('sha256')
    .update(original)
    .update(JSON.stringify([text, wish]))
    .digest('hex')
    .slice(0, 12);
  const file = join(folder, key, `${face.name}.woff2`);
  if (existsSync(file)) return file;
  await mkdir(join(folder, key), { recursive: true });
  const bytes = await subsetFont(original, text, wish);
  // Two builds may run at once: never let one see the other's half file.
  await writeFile(`${file}.${process.pid}`, bytes);
  await rename(`${file}.${process.pid}`, file);
  return file;
}
