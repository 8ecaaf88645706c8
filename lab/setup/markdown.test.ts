import { describe, expect, it } from 'vitest';
import { htmlOf } from './markdown.ts';

describe('a statement as HTML', () => {
  it('leaves the title out, and keeps paragraphs, lists and code', () => {
    expect(htmlOf('# Title\n\nOne `a < b`.\n\n- first\n- second\n')).toBe(
      '<p>One <code>a &lt; b</code>.</p>\n<ul>\n<li>first</li>\n<li>second</li>\n</ul>\n',
    );
  });

  it('gives a term its tier', () => {
    expect(htmlOf('Ask [[l2|Redis & co]].')).toBe(
      '<p>Ask <span class="term" data-tier="l2">Redis &amp; co</span>.</p>\n',
    );
    expect(htmlOf('An [[l9|unknown]] one.')).toContain('[[l9|unknown]]');
  });

  it('colours code in a language that it knows, and no other', () => {
    expect(htmlOf('```ts\nconst a = 1;\n```')).toContain('<span class="tok-keyword">const</span>');
    expect(htmlOf('```\na < b\n```')).toContain('<code>a &lt; b</code>');
  });

  it('makes no tag of a text', () => {
    const html = htmlOf(
      '<script>alert(1)</script>\n\nA <b onclick="x">word</b>.\n\n```ts\n"</code><img>"\n```',
    );
    expect(html).not.toMatch(/<(script|b|img)/);
  });
});
