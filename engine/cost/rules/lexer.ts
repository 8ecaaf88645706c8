import type { Mistake, Span } from './rule-error.ts';

/** Units of a number, and what one of them is worth: shares for `%`, milliseconds for times. */
export const UNITS = { '%': 0.01, ms: 1, s: 1000, min: 60_000, h: 3_600_000 } as const;
export type Unit = keyof typeof UNITS;

export const KEYWORDS = ['and', 'or', 'not', 'in', 'true', 'false'] as const;
const keywords: ReadonlySet<string> = new Set(KEYWORDS);

export type Token = Span &
  (
    | { kind: 'number'; amount: number; unit: Unit | null }
    | { kind: 'text'; value: string }
    | { kind: 'name' | 'keyword' | 'operator' | 'bracket'; value: string }
    | { kind: 'bad'; expected: string; got: string; advice: string }
  );

const OPERATORS = new Set(['<', '<=', '>', '>=', '==', '!=', '+', '-', '*', '/']);
const BRACKETS = '()[],';
const UNIT_ADVICE = 'The units are %, ms, s, min and h.';

/** What people write from other languages, and what it is called here. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  '=': '==',
  '===': '==',
  '!==': '!=',
  '<>': '!=',
  '=<': '<=',
  '=>': '>=',
  '&&': 'and',
  '&': 'and',
  '||': 'or',
  '|': 'or',
  '!': 'not',
  '≤': '<=',
  '≥': '>=',
  '≠': '!=',
  '×': '*',
  '÷': '/',
  '−': '-',
  '“': '"',
  '”': '"',
  '„': '"',
  '‘': "'",
  '’': "'",
};

const isSpace = (c: string | undefined): boolean =>
  c === ' ' || c === '\n' || c === '\t' || c === '\r' || c === '\u00a0';
const isDigit = (c: string | undefined): boolean => c !== undefined && c >= '0' && c <= '9';
const isWordStart = (c: string | undefined): boolean => c !== undefined && /[A-Za-z_]/.test(c);
const isWordPart = (c: string | undefined): boolean => isWordStart(c) || isDigit(c);

/**
 * Cuts any text into tokens; what it does not know becomes a `bad` token that says why. Tokens never overlap, are in order,
 * and only white space lies between them. Takes time in proportion to the text.
 */
export function lex(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const c = text[at]!;
    if (isSpace(c)) {
      at++;
      continue;
    }
    const token = isDigit(c)
      ? number(text, at)
      : isWordStart(c)
        ? word(text, at)
        : c === '"' || c === "'"
          ? quoted(text, at)
          : symbol(text, at);
    tokens.push(token);
    at = token.to;
  }
  return tokens;
}

const bad = (from: number, to: number, expected: string, got: string, advice = ''): Token => ({
  kind: 'bad',
  from,
  to,
  expected,
  got,
  advice,
});

function digits(text: string, at: number): number {
  while (isDigit(text[at]) || (text[at] === '_' && isDigit(text[at - 1]) && isDigit(text[at + 1]))) at++;
  return at;
}

function wordEnd(text: string, at: number): number {
  while (isWordPart(text[at])) at++;
  return at;
}

function number(text: string, from: number): Token {
  let to = digits(text, from);
  if (text[to] === '.' && isDigit(text[to + 1])) to = digits(text, to + 1);
  const exponent = /^[eE][+-]?[0-9]+/.exec(text.slice(to, to + 8));
  if (exponent) to = digits(text, to + exponent[0].length);
  const amount = Number(text.slice(from, to).replaceAll('_', ''));

  let unitFrom = to;
  while (isSpace(text[unitFrom])) unitFrom++;
  const unitTo = text[unitFrom] === '%' ? unitFrom + 1 : wordEnd(text, unitFrom);
  const unit = text.slice(unitFrom, unitTo);
  const known = unit !== '' && Object.hasOwn(UNITS, unit);
  if (!known && unitFrom === to && unitTo > to)
    return bad(
      from,
      unitTo,
      'a number, with or without a unit',
      `\`${text.slice(from, unitTo)}\``,
      UNIT_ADVICE,
    );
  if (known) to = unitTo;
  if (!Number.isFinite(amount)) return bad(from, to, 'a number below 10^308', 'a larger one');
  return { kind: 'number', amount, unit: known ? (unit as Unit) : null, from, to };
}

function word(text: string, from: number): Token {
  const to = wordEnd(text, from);
  const value = text.slice(from, to);
  return { kind: keywords.has(value) ? 'keyword' : 'name', value, from, to };
}

function quoted(text: string, from: number): Token {
  const quote = text[from]!;
  let value = '';
  for (let at = from + 1; at < text.length; at++) {
    const c = text[at]!;
    if (c === quote) return { kind: 'text', value, from, to: at + 1 };
    if (c === '\n') return bad(from, at, `a text that ends with ${quote}`, 'the end of the line');
    if (c === '\\') {
      const next = text[++at];
      if (next !== quote && next !== '\\')
        return bad(from, Math.min(at + 1, text.length), `\\${quote} or \\\\ in a text`, 'another backslash');
      value += next;
    } else value += c;
  }
  return bad(from, text.length, `a text that ends with ${quote}`, 'the end of the rule');
}

function symbol(text: string, from: number): Token {
  const c = text[from]!;
  if (BRACKETS.includes(c)) return { kind: 'bracket', value: c, from, to: from + 1 };
  const run =
    /^(?:[=!<>]+|&+|\|+)/.exec(text.slice(from, from + 4))?.[0] ??
    String.fromCodePoint(text.codePointAt(from)!);
  const to = from + run.length;
  if (OPERATORS.has(run)) return { kind: 'operator', value: run, from, to };
  const meant = Object.hasOwn(ELSEWHERE, run) ? ELSEWHERE[run] : undefined;
  if (meant !== undefined)
    return bad(from, to, 'an operator or a value', `\`${run}\``, `Did you mean \`${meant}\`?`);
  return bad(from, to, 'an operator or a value', `\`${run}\``, adviceOn(run, text[to]));
}

function adviceOn(run: string, next: string | undefined): string {
  if (run === '.')
    return isDigit(next)
      ? 'Write a digit before the point, such as `0.5`.'
      : 'A field has no properties; write its name alone.';
  if (run === '%') return 'A percentage follows a number, such as `70 %`.';
  if (run === '{' || run === '}') return 'A list is written `["a", "b"]`.';
  return '';
}

/** The mistake of a bad token. */
export function mistakeOf(token: Token & { kind: 'bad' }): Mistake {
  return { from: token.from, to: token.to, expected: token.expected, got: token.got, advice: token.advice };
}

/** Number of a literal: `70 %` is 0.7, `5 s` is 5000. */
export function valueOf(amount: number, unit: Unit | null): number {
  if (unit === null) return amount;
  return unit === '%' ? amount / 100 : amount * UNITS[unit];
}
