import { TASK_FIELDS, type FieldTable } from './fields.ts';
import { quote } from './format.ts';
import { lex, type Token } from './lexer.ts';
import type { Span } from './rule-error.ts';

export interface Highlight extends Span {
  kind: 'number' | 'text' | 'name' | 'function' | 'keyword' | 'operator' | 'bracket' | 'error';
}

/** The tokens of a text for colouring, in order and without overlap; what cannot be read is an `error`. */
export function tokens(text: string): Highlight[] {
  const list = lex(text);
  return list.map(({ from, to, kind }, i) => {
    if (kind === 'bad') return { from, to, kind: 'error' };
    return { from, to, kind: kind === 'name' && isBracket(list[i + 1], '(') ? 'function' : kind };
  });
}

export interface Suggestion {
  text: string;
  /** A few words on what it is. */
  detail: string;
}

/** What could stand at the caret: the text from `from` to the caret is replaced by an option's text. */
export interface Suggestions {
  from: number;
  options: Suggestion[];
}

const VALUE_WORDS: readonly Suggestion[] = [
  { text: 'not', detail: 'the opposite of the condition that follows' },
  { text: 'true', detail: 'yes' },
  { text: 'false', detail: 'no' },
  { text: 'min(', detail: 'the smallest of numbers' },
  { text: 'max(', detail: 'the largest of numbers' },
  { text: 'abs(', detail: 'a number without its sign' },
];

const AFTER_VALUE: readonly Suggestion[] = [
  { text: 'and', detail: 'both' },
  { text: 'or', detail: 'at least one' },
  { text: 'in', detail: 'is one of a list' },
  { text: 'not in', detail: 'is none of a list' },
  { text: '<', detail: 'less than' },
  { text: '<=', detail: 'at most' },
  { text: '>', detail: 'more than' },
  { text: '>=', detail: 'at least' },
  { text: '==', detail: 'equals' },
  { text: '!=', detail: 'differs from' },
];

const UNIT_WORDS: readonly Suggestion[] = [
  { text: '%', detail: 'hundredths' },
  { text: 'ms', detail: 'milliseconds' },
  { text: 's', detail: 'seconds' },
  { text: 'min', detail: 'minutes' },
  { text: 'h', detail: 'hours' },
];

/** @param caret position in the text, 0 to its length; others are taken as the nearest of these. */
export function suggestions(text: string, caret: number, fields: FieldTable = TASK_FIELDS): Suggestions {
  const end = Math.min(Math.max(0, caret), text.length);
  const before = lex(text.slice(0, end));
  const last = before.at(-1);
  const touching = last?.to === end ? last : undefined;
  // The letters of a unit that has been begun: `5 m` is a number and a name, `5m` is one bad token.
  const word = /[A-Za-z_][A-Za-z0-9_]*$/.exec(text.slice(0, end))?.[0] ?? '';
  if (touching !== undefined && isQuoted(touching, text))
    return at(touching.from, text.slice(touching.from, end), choices(before.slice(0, -1), fields));
  const isWord = touching?.kind === 'name' || touching?.kind === 'keyword';
  if (touching?.kind === 'bad')
    return at(end - word.length, word, /^[0-9]/.test(text[touching.from]!) ? UNIT_WORDS : []);
  const rest = isWord ? before.slice(0, -1) : before;
  const from = isWord ? touching.from : end;
  const typed = text.slice(from, end);
  const previous = rest.at(-1);
  if (previous?.kind === 'number')
    return at(from, typed, previous.unit === null ? [...UNIT_WORDS, ...AFTER_VALUE] : AFTER_VALUE);
  if (endsValue(previous)) return at(from, typed, AFTER_VALUE);
  return at(from, typed, [
    ...choices(rest, fields),
    ...fields.list.map(({ name, description }) => ({ text: name, detail: description })),
    ...VALUE_WORDS,
  ]);
}

function at(from: number, typed: string, options: readonly Suggestion[]): Suggestions {
  const start = typed.toLowerCase().replace(/^'/, '"');
  return { from, options: options.filter((option) => option.text.toLowerCase().startsWith(start)) };
}

/** Names that the field before a comparison or an open list can have, in quotes. */
function choices(before: readonly Token[], fields: FieldTable): Suggestion[] {
  let i = before.length - 1;
  while (i >= 0 && (isBracket(before[i], ',') || isBracket(before[i], '[') || before[i]!.kind === 'text'))
    i--;
  const operator = before[i];
  if (operator === undefined || !('value' in operator) || !['==', '!=', 'in'].includes(operator.value))
    return [];
  let subject = before[i - 1];
  if (subject?.kind === 'keyword' && subject.value === 'not') subject = before[i - 2];
  const field = subject?.kind === 'name' ? fields.get(subject.value) : undefined;
  return (field?.values ?? []).map((value) => ({ text: quote(value), detail: field!.description }));
}

function endsValue(token: Token | undefined): boolean {
  if (token === undefined) return false;
  if (token.kind === 'keyword') return token.value === 'true' || token.value === 'false';
  return token.kind === 'name' || token.kind === 'text' || isBracket(token, ')') || isBracket(token, ']');
}

function isQuoted(token: Token, text: string): boolean {
  const first = text[token.from];
  return token.kind === 'bad' && (first === '"' || first === "'");
}

function isBracket(token: Token | undefined, value: string): boolean {
  return token?.kind === 'bracket' && token.value === value;
}
