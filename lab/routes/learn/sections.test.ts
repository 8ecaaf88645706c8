/** Holds the reading to its promise: for every objective a text, a live figure and a question, and links that lead somewhere. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../../engine/scenarios/catalogue.ts';
import { questionById } from '../../../quiz/bank.ts';
import { objectives, PARTS } from '../../../quiz/objectives.ts';
import { sectionOf } from '../../setup/markdown-section.ts';
import { top } from '../../setup/places.mjs';
import { readRoute } from '../../stores/route.ts';

const fileOf = (part: string, id: string): string => join(top, 'docs/module', part, `${id}.md`);
const written = objectives.filter(({ part, id }) => existsSync(fileOf(part, id)));

describe.each(PARTS)('part $id', ({ id: part }) => {
  const own = objectives.filter((one) => one.part === part);

  it('has a text for each objective', () => {
    const files = own.map(({ id }) => `docs/module/${part}/${id}.md`);
    expect(files.filter((file) => !existsSync(join(top, file)))).toEqual([]);
  });

  it('has a figure for each objective', () => {
    const files = own.map(({ id }) => `lab/figures/${part}/${id}.ts`);
    expect(files.filter((file) => !existsSync(join(top, file)))).toEqual([]);
  });
});

describe.each(written.map(({ part, id }) => ({ part, id })))('$part/$id', ({ part, id }) => {
  const text = readFileSync(fileOf(part, id), 'utf8');
  const section = sectionOf(text);
  const html = section.blocks.map((block) => (block.kind === 'html' ? block.html : '')).join('');

  it('has one figure, one check that is in the bank, headings, and a fitting length', () => {
    expect(section.blocks.filter(({ kind }) => kind === 'figure').length, 'lines ":::figure"').toBe(1);
    const checks = section.blocks.flatMap((block) => (block.kind === 'check' ? [block.question] : []));
    expect(checks.length, 'lines ":::check some-question"').toBe(1);
    expect(
      checks.filter((one) => !questionById(one)),
      'checks that are not in the bank',
    ).toEqual([]);
    expect(section.headings.length, 'headings "## …"').toBeGreaterThanOrEqual(2);
    expect(new Set(section.headings.map((one) => one.id)).size, 'headings that differ').toBe(
      section.headings.length,
    );
    expect(section.words, 'words').toBeGreaterThanOrEqual(400);
    expect(section.words, 'words').toBeLessThanOrEqual(950);
  });

  it('has links that lead somewhere', () => {
    const hrefs = [...html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href);
    const lost = hrefs.filter((href) => {
      const scenario = /^\?scenario=([a-z0-9-]+)(?:&amp;[^#]*)?#\/$/.exec(href)?.[1];
      if (scenario) return !Object.hasOwn(CATALOGUE, scenario);
      const route = href.startsWith('#/') ? readRoute(href) : undefined;
      if (route?.page === 'learn') return !objectives.some((one) => one.id === route.path);
      return !route || route.page === 'unknown';
    });
    expect(lost).toEqual([]);
  });

  it('has nothing that was left unread', () => {
    const words = html.replaceAll(/<pre[\s\S]*?<\/pre>|<code>.*?<\/code>/g, '');
    expect(words.match(/.{0,20}(\[\[|:::|\]\().{0,20}/g) ?? []).toEqual([]);
  });
});
