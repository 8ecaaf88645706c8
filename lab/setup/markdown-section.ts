/**
 * Reads a section of the reading (docs/module/). Beside what Markdown has:
 *
 *   first paragraph      the standfirst
 *   > **Title** words    a note in the margin, beside what stands before it
 *   :::figure            where the section's live figure stands
 *   :::check some-id     a question of the bank
 *   [12 s](claim:some-id)   a figure of the module's own, with its row of the claims board
 *   [41 %](held:some-name) a number that comes from a run, and is computed again by the tests (lab/figures/held/)
 */
import type { Token, Tokens } from 'marked';
import type { Block, SectionAbout, SectionText } from '../routes/learn/section-text.ts';
import { escaped, readerWith } from './markdown-reader.ts';

const CLAIM = 'The module’s figure. The claims board has what the lab measures of it.';

const directive = {
  name: 'directive',
  level: 'block' as const,
  start: (text: string) => /^:::/m.exec(text)?.index,
  tokenizer(text: string) {
    const match = /^:::(\w+)(?: +([a-z0-9-]+))? *(?:\n+|$)/.exec(text);
    return match ? { type: 'directive', raw: match[0], name: match[1], id: match[2] ?? '' } : undefined;
  },
  renderer: () => '',
};

const reader = readerWith({
  extensions: [directive],
  renderer: {
    heading({ depth, tokens, text }) {
      const words = this.parser.parseInline(tokens);
      return depth === 2
        ? `<h2 id="${placeOf(text)}" tabindex="-1">${words}</h2>\n`
        : `<h${depth}>${words}</h${depth}>\n`;
    },
    link({ href, tokens }) {
      const words = this.parser.parseInline(tokens);
      if (href.startsWith('held:')) return words;
      const claim = /^claim:([a-z0-9-]+)$/.exec(href)?.[1];
      return claim
        ? `<a class="claim" href="#/claims/${claim}" title="${CLAIM}">${words}<span class="vh"> (the module’s figure)</span></a>`
        : `<a href="${escaped(href)}">${words}</a>`;
    },
    table(token) {
      const row = (cells: Tokens.TableCell[], cell: (one: Tokens.TableCell) => string): string =>
        `<tr>${cells.map(cell).join('')}</tr>`;
      const inline = ({ tokens }: Tokens.TableCell): string => this.parser.parseInline(tokens);
      const head = row(token.header, (one) => `<th scope="col">${inline(one)}</th>`);
      const body = token.rows.map((cells) => row(cells, (one) => `<td>${inline(one)}</td>`)).join('');
      return `<div class="scroll" tabindex="0" role="region" aria-label="Table"><table><thead>${head}</thead><tbody>${body}</tbody></table></div>\n`;
    },
  },
});

/** The place in the page that a heading is, for the links of the rail. */
const placeOf = (heading: string): string =>
  `s-${heading
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')}`;

/** @throws Error that names what can't be placed. */
export function sectionOf(text: string): SectionText {
  const tokens = reader.lexer(withTermsInTables(text));
  void reader.walkTokens(tokens, setInType);
  const written = tokens.filter(({ type }) => type !== 'space' && type !== 'def');
  const [title, standfirst, ...rest] = written as Tokens.Generic[];
  if (title?.type !== 'heading' || title.depth !== 1)
    throw new Error('A section begins with its title, "# Why the storm outlives the surge".');
  if (standfirst?.type !== 'paragraph')
    throw new Error(`"${title.text}": the first paragraph, its standfirst, is missing.`);
  return {
    title: plain(title.text as string),
    standfirst: reader.parser([standfirst]).trim(),
    words: wordsIn(text),
    headings: rest
      .filter(({ type, depth }) => type === 'heading' && depth === 2)
      .map((heading) => ({
        id: placeOf(heading.text as string),
        title: plain(heading.text as string),
      })),
    blocks: blocksOf(rest as Token[], title.text as string),
  };
}

/** The bar of a term in a table ends no cell. */
const withTermsInTables = (text: string): string =>
  text.replaceAll(/^\|.*$/gm, (row) => row.replaceAll(/\[\[(\w+)\|/g, '[[$1\\|'));

export const aboutOf = ({ title, words, headings }: SectionText): SectionAbout => ({
  title,
  words,
  headings,
});

function blocksOf(tokens: Token[], title: string): Block[] {
  const blocks: Block[] = [];
  let html: string[] = [];
  const close = (): void => {
    if (html.length > 0) blocks.push({ kind: 'html', html: html.join('') });
    html = [];
  };
  for (const token of tokens) {
    if (token.type === 'directive') {
      close();
      blocks.push(directed(token as Tokens.Generic, title));
    } else if (token.type === 'blockquote') {
      const beside = html.pop();
      if (beside === undefined)
        throw new Error(`"${title}": a note in the margin has no paragraph before it.`);
      html.push(withNote(beside, reader.parser((token as Tokens.Blockquote).tokens)));
    } else html.push(reader.parser([token]));
  }
  close();
  return blocks;
}

const withNote = (beside: string, note: string): string =>
  `<div class="row"><div>${beside.trim()}</div><div class="margin" role="note">${note.trim()}</div></div>\n`;

function directed({ name, id, raw }: Tokens.Generic, title: string): Block {
  if (name === 'figure' && id === '') return { kind: 'figure' };
  if (name === 'check' && id !== '') return { kind: 'check', question: id as string };
  throw new Error(`"${title}": expected ":::figure" or ":::check some-id", got "${raw.trim()}".`);
}

/** A figure and its unit stay on one line, and quotation marks are those of print. */
function setInType(token: Token): void {
  if (token.type === 'text' && !('tokens' in token && token.tokens))
    token.text = printed(token.text as string);
}

const printed = (text: string): string =>
  text
    .replaceAll(/(\d) (k|M|G|s|ms|min|h|%|B|kB|MB|GB)(?!\w)/g, '$1\u00a0$2')
    .replaceAll(/(?<=[\p{L}\d])'/gu, '’')
    .replaceAll(/"([^"]*)"/g, '“$1”');

/** A link in Markdown, of which a reader sees the words. */
const linkTarget = /\[([^[\]]+)\]\([^)\s]+\)/g;

const plain = (text: string): string =>
  printed(text)
    .replaceAll(/\[\[\w+\|([^\]]+)\]\]/g, '$1')
    .replaceAll(linkTarget, '$1')
    .replaceAll(/[`*]/g, '');

/** Words to read, without what is no word. */
const wordsIn = (text: string): number =>
  text
    .replaceAll(/^(#+ |> |:::.*$|```.*$|[-*] )/gm, '')
    .replaceAll(linkTarget, '$1')
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
