import { describe, expect, it } from 'vitest';
import { sectionOf } from './markdown-section.ts';

const section = (body: string) => sectionOf(`# The *title*\n\nStand first.\n\n${body}`);
const htmlOf = (body: string) =>
  section(body)
    .blocks.map((block) => (block.kind === 'html' ? block.html : `[${block.kind}]`))
    .join('');

describe('a section of the reading', () => {
  it('has a title, a standfirst, headings with places, and its words counted', () => {
    const { title, standfirst, headings, words, blocks } = section(
      '## Where it tips: `35 × 3`\n\nOne two.\n',
    );
    expect({ title, standfirst, words }).toEqual({
      title: 'The title',
      standfirst: '<p>Stand first.</p>',
      words: 2 + 2 + 5 + 2,
    });
    expect(headings).toEqual([{ id: 's-where-it-tips-35-3', title: 'Where it tips: 35 × 3' }]);
    expect(blocks).toHaveLength(1);
    expect(htmlOf('## Where it tips\n')).toContain('<h2 id="s-where-it-tips" tabindex="-1">');
  });

  it('sets figure and question between its texts', () => {
    const { blocks } = section('One.\n\n:::figure\n\nTwo.\n:::check some-question\n\nThree.\n');
    expect(blocks.map((block) => (block.kind === 'check' ? block.question : block.kind))).toEqual([
      'html',
      'figure',
      'html',
      'some-question',
      'html',
    ]);
  });

  it('sets figures and quotation marks as print has them, and leaves code alone', () =>
    expect(htmlOf(`The caller's 3 s are "over", \`isn't 3 s\`.\n`)).toBe(
      '<p>The caller’s 3\u00a0s are “over”, <code>isn&#39;t 3 s</code>.</p>\n',
    ));

  it('puts a note beside what stands before it', () => {
    expect(htmlOf('A [[l2|Redis]] call.\n\n> **Dead work** Nobody waits.\n\nNext.\n')).toBe(
      '<div class="row"><div><p>A <span class="term" data-tier="l2">Redis</span> call.</p></div>' +
        '<div class="margin" role="note"><p><strong>Dead work</strong> Nobody waits.</p></div></div>\n<p>Next.</p>\n',
    );
  });

  it('tells the module’s figures from other links', () => {
    const html = htmlOf('It took [12 s](claim:prime-day-plateau), see [the lab](?scenario=mmc#/).\n');
    expect(html).toContain('<a class="claim" href="#/claims/prime-day-plateau"');
    expect(html).toContain('12\u00a0s<span class="vh"> (the module’s figure)</span></a>');
    expect(html).toContain('<a href="?scenario=mmc#/">the lab</a>');
  });

  it('shows of a number that is held only the number', () => {
    expect(htmlOf('It saves [41 %](held:cache-alone), or [−$63](held:both).\n')).toBe(
      '<p>It saves 41\u00a0%, or −$63.</p>\n',
    );
    const { words, headings } = section('## Why [41 %](held:cache-alone)\n\nOne [two](held:a) three.\n');
    expect(headings[0].title).toBe('Why 41\u00a0%');
    expect(words).toBe(2 + 2 + 2 + 3);
  });

  it('makes a table one can scroll, and no tag of a text', () => {
    expect(htmlOf('| a | b |\n|---|---|\n| 1 | `x` |\n')).toMatch(
      /<div class="scroll".*<th scope="col">a<\/th>.*<td>1<\/td>/,
    );
    expect(htmlOf('| a | b |\n|---|---|\n| the [[l2|Redis]] tier | x |\n')).toContain(
      '<td>the <span class="term" data-tier="l2">Redis</span> tier</td><td>x</td>',
    );
    expect(htmlOf('A <b onclick="x">word</b>, [link]("><img>).\n')).not.toMatch(/<(b|img)/);
  });

  it.each([
    ['no title', 'Words.\n', /begins with its title/],
    ['no standfirst', '# A\n\n## B\n', /standfirst, is missing/],
    ['a note without a paragraph', '# A\n\nB.\n\n> **C** d\n', /no paragraph before it/],
    ['an unknown line', '# A\n\nB.\n\n:::video x\n', /got ":::video x"/],
    ['a check without a question', '# A\n\nB.\n\n:::check\n', /got ":::check"/],
  ])('refuses %s', (_, text, message) => expect(() => sectionOf(text)).toThrow(message));
});
