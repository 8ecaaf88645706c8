/**
 * Turns texts into modules when the site is built, so that no reader of Markdown is shipped: `*.md?html` into the HTML of a statement,
 * `*.md?section` and `*.md?about` into a section of the reading and what the contents say of it. The texts are ours, and still nothing in
 * them can become a tag: HTML in a text is written out as text.
 */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { readerWith } from './markdown-reader.ts';
import { aboutOf, sectionOf } from './markdown-section.ts';

const kinds: Record<string, (text: string) => unknown> = {
  html: htmlOf,
  section: sectionOf,
  about: (text) => aboutOf(sectionOf(text)),
};

export function markdown(): Plugin {
  return {
    name: 'surge-lab:markdown',
    enforce: 'pre',
    load(id) {
      const [, file = '', kind = ''] = /^(.*\.md)\?(html|section|about)$/.exec(id) ?? [];
      if (kind === '') return null;
      this.addWatchFile(file);
      return `export default ${JSON.stringify(kinds[kind](readFileSync(file, 'utf8')))};`;
    },
  };
}

const reader = readerWith();

/** The text without its title, which the page takes from the exercise's data. */
export function htmlOf(text: string): string {
  return String(reader.parse(text.replace(/^# .*\n+/, ''), { async: false }));
}
