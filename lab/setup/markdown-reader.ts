/** What the readers of our texts have in common. */
import { javascriptLanguage, typescriptLanguage } from '@codemirror/lang-javascript';
import { classHighlighter, highlightCode } from '@lezer/highlight';
import { Marked, type MarkedExtension, type Tokens } from 'marked';

/** `[[l2|Redis]]`: a word that names a tier, with the tier's shape and hue, as lab/components/Term.svelte draws it. */
const term = {
  name: 'term',
  level: 'inline' as const,
  start: (text: string) => text.indexOf('[['),
  tokenizer(text: string) {
    const match = /^\[\[(l1|l2|l3|l4|model|trouble)\|([^\]]+)\]\]/.exec(text);
    return match ? { type: 'term', raw: match[0], tier: match[1], words: match[2] } : undefined;
  },
  renderer: ({ tier, words }: Tokens.Generic) =>
    `<span class="term" data-tier="${tier}">${escaped(words)}</span>`,
};

/** A reader of texts with terms and coloured code, and what else a kind of text has. */
export const readerWith = (...more: MarkedExtension[]): Marked =>
  new Marked(
    {
      extensions: [term],
      renderer: {
        html: ({ text }) => escaped(text),
        code: ({ text, lang }) =>
          `<pre class="code" tabindex="0"><code>${coloured(text, lang)}</code></pre>\n`,
      },
    },
    ...more,
  );

function coloured(code: string, language = ''): string {
  const parser = { ts: typescriptLanguage, js: javascriptLanguage }[language]?.parser;
  if (!parser) return escaped(code);
  let html = '';
  highlightCode(
    code,
    parser.parse(code),
    classHighlighter,
    (part, classes) => (html += classes ? `<span class="${classes}">${escaped(part)}</span>` : escaped(part)),
    () => (html += '\n'),
  );
  return html;
}

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => signs[sign]);
