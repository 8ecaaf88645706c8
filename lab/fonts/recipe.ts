/**
 * Which fonts we ship, and what of them. `lab/styles/fonts.css` names the results.
 *
 * Inter comes from its own package, since the one of Google Fonts lacks cv05, ss03 and every arrow. Source Serif
 * and JetBrains Mono lack arrows and most signs of mathematics too; they borrow these from Inter (`symbols`).
 */
export interface Face {
  /** Name of the result, without its ending. */
  name: string;
  /** File of the original, below node_modules. */
  source: string;
  /** The characters to keep, as far as the original has them. */
  text: string;
  /** Axes of variation to keep (a range) or to fix (a number). One that isn't named stays whole. */
  axes: Record<string, number | { min: number; max: number }>;
  /** OpenType features to keep. */
  features: string[];
}

const between = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)).join('');

const latin = between(0x20, 0x7e) + between(0xa0, 0xff);
const punctuation = '–—‘’‚“”„†•…−€™' + '\u2007\u2009\u2011\u202f';
/** fonts.css repeats these as a unicode-range; the test compares the two. */
export const symbols = '←↑→↓↔⇧⌘⏎∂∆∏∑√∞≈≠≤≥✓✗';
const greek = 'ΔΣΩαβγδεθλμπρστφω';

/** Shaping that text is wrong without. */
const always = ['calt', 'ccmp', 'kern', 'liga', 'locl', 'mark', 'mkmk', 'rlig'];
/** Normal to bold; the page uses nothing lighter or heavier. */
const wght = { min: 400, max: 700 };

const inter = 'inter-ui/variable/InterVariable.woff2';
const serif = '@fontsource-variable/source-serif-4/files/source-serif-4';
const mono = '@fontsource-variable/jetbrains-mono/files/jetbrains-mono';

export const faces: Face[] = [
  {
    name: 'inter',
    source: inter,
    text: latin + punctuation + symbols + greek,
    axes: { wght, opsz: 14 },
    features: [...always, 'tnum', 'case', 'cv05', 'ss03'],
  },
  {
    name: 'source-serif',
    source: `${serif}-latin-opsz-normal.woff2`,
    text: latin + punctuation,
    // Optical size: reading text starts at 15 px, the largest heading has 40 px.
    axes: { wght, opsz: { min: 14, max: 40 } },
    features: [...always, 'pnum'], // its figures are tabular to begin with
  },
  {
    name: 'source-serif-italic',
    source: `${serif}-latin-wght-italic.woff2`,
    text: latin + punctuation,
    axes: { wght },
    features: [...always, 'pnum'], // its figures are tabular to begin with
  },
  {
    name: 'source-serif-greek',
    source: `${serif}-greek-wght-normal.woff2`,
    text: greek,
    axes: { wght },
    features: always,
  },
  {
    name: 'source-serif-greek-italic',
    source: `${serif}-greek-wght-italic.woff2`,
    text: greek,
    axes: { wght },
    features: always,
  },
  {
    name: 'jetbrains-mono',
    source: `${mono}-latin-wght-normal.woff2`,
    text: latin + punctuation,
    axes: { wght },
    features: always,
  },
  {
    name: 'jetbrains-mono-greek',
    source: `${mono}-greek-wght-normal.woff2`,
    text: greek,
    axes: { wght },
    features: always,
  },
  { name: 'symbols', source: inter, text: symbols, axes: { wght, opsz: 14 }, features: [] },
];
