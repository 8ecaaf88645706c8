/**
 * Turns texts into modules when the site is built, so that no reader of Markdown is shipped: `*.md?html` into the HTML of a statement. The
 * texts are ours, and still nothing in them can become a tag: HTML in a text is written out as text.
 */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { readerWith } from './markdown-reader.ts';

export function markdown(): Plugin {
  return {
    name: 'surge-lab:markdown',
    enforce: 'pre',
    load(id) {
      const [, file = ''] = /^(.*\.md)\?html$/.exec(id) ?? [];
      if (file === '') return null;
      this.addWatchFile(file);
      return `export default ${JSON.stringify(htmlOf(readFileSync(file, 'utf8')))};`;
    },
  };
}

const reader = readerWith();

/** The text without its title, which the page takes from the exercise's data. */
export function htmlOf(text: string): string {
  return String(reader.parse(text.replace(/^# .*\n+/, ''), { async: false }));
}
