import { type Ask } from './lexicon/frames.ts';
import { oppositesIn } from './lexicon/concepts.ts';
import { type Reading, readWords, type Term } from './reading.ts';
import { tokenise, type Words } from './tokenise.ts';
import { withoutTypos } from './typos.ts';

export type Refusal =
  | 'numbers'
  | 'negation'
  | 'quoted'
  | 'opposites'
  | 'direction'
  | 'question'
  | 'tense'
  | 'person'
  | 'quantity'
  | 'other words'
  | 'extra words'
  | 'nothing in common';

export type Verdict =
  | { readonly same: true }
  | {
      readonly same: false;
      readonly reason: Refusal;
      /** What it was, such as `increase / decrease`; for people. */
      readonly detail: string;
    };

const refuse = (reason: Refusal, detail = ''): Verdict => ({ same: false, reason, detail });

/**
 * Whether two prompts that lie close together ask for the same answer. Cosines can't tell: prompts that differ in one word
 * lie closer than paraphrases do. So the words are compared: the kind of question, numbers, quotations, negation, tense,
 * and then term by term, where each has to have its like in the other text (the same word, or one of the same meaning in
 * lexicon/synonyms.ts) in the same role. When in doubt it refuses: that costs a call, and the other mistake a wrong answer.
 *
 * Symmetric. English only.
 */
export const guard = (a: string, b: string): Verdict => guardPrepared(prepare(a), prepare(b));

/** A prompt that was read once, to be compared with many. */
export interface Prepared {
  readonly words: Words;
  readonly reading: Reading;
}

export function prepare(prompt: string): Prepared {
  const words = tokenise(prompt);
  return { words, reading: readWords(words) };
}

export function guardPrepared(a: Prepared, b: Prepared): Verdict {
  const [wordsA, wordsB] = withSameQuotes(...withoutTypos(a.words, b.words));
  const again = (words: Words, { words: before, reading }: Prepared): Reading =>
    words === before ? reading : readWords(words);
  return compare(again(wordsA, a), again(wordsB, b), wordsA, wordsB);
}

/** What one text quotes and the other only says is quoted in both. */
function withSameQuotes(a: Words, b: Words): [Words, Words] {
  return [quoteAs(a, b), quoteAs(b, a)];
}

function quoteAs(text: Words, model: Words): Words {
  let { words, quoted } = text;
  for (const quotation of model.quoted) {
    if (quoted.some((known) => known.toLowerCase() === quotation.toLowerCase())) continue;
    const sought = tokenise(quotation).words;
    const at = words.findIndex((_, i) => sought.every((word, j) => words[i + j] === word));
    if (at < 0 || sought.length === 0) continue;
    words = [...words.slice(0, at), `"${quoted.length}"`, ...words.slice(at + sought.length)];
    quoted = [...quoted, quotation];
  }
  return words === text.words ? text : { words, quoted };
}

function compare(a: Reading, b: Reading, wordsA: Words, wordsB: Words): Verdict {
  const difference = wholeTexts(a, b, wordsA, wordsB);
  if (difference) return difference;

  const { pairs, onlyA, onlyB } = match(a.terms, b.terms, a.aboutWords || b.aboutWords);
  const opposite = oppositesIn(without(a, pairs, 0), without(b, pairs, 1));
  if (opposite) return refuse('opposites', opposite.join(' / '));
  const left = leftOver(onlyA, onlyB);
  if (left) return left;
  const strong = pairs.some(([x]) => !x.weak);
  if (pairs.length === 0 || (!strong && onlyA.length + onlyB.length > 0)) return refuse('nothing in common');
  if (!askAlike(a, b, pairs)) return refuse('question', `${a.ask} / ${b.ask}`);
  return quantities(pairs, wordsA, wordsB) ?? roles(pairs, a, b) ?? { same: true };
}

/** What can be told without looking at single terms. */
function wholeTexts(a: Reading, b: Reading, wordsA: Words, wordsB: Words): Verdict | undefined {
  if (sorted(a.quoted) !== sorted(b.quoted)) return refuse('quoted', `${show(a.quoted)} / ${show(b.quoted)}`);
  const numbersA = a.terms.filter(({ kind }) => kind === 'number').map(({ text }) => text);
  const numbersB = b.terms.filter(({ kind }) => kind === 'number').map(({ text }) => text);
  if (sorted(numbersA) !== sorted(numbersB))
    return refuse('numbers', `${show(numbersA)} / ${show(numbersB)}`);
  if (a.negations % 2 !== b.negations % 2 || a.negations > 0 !== b.negations > 0) return refuse('negation');
  const tenses = [a.tense, b.tense];
  if (
    tenses.includes('past')
      ? tenses.includes('present') || tenses.includes('future')
      : tenses.includes('done') && tenses.includes('future')
  )
    return refuse('tense', `${a.tense} / ${b.tense}`);
  return persons(a, b, wordsA, wordsB);
}

const sorted = (texts: readonly string[]): string =>
  [...texts]
    .map((text) => text.toLowerCase())
    .sort()
    .join('\n');
const show = (texts: readonly string[]): string => texts.join(', ') || '–';

function persons(a: Reading, b: Reading, wordsA: Words, wordsB: Words): Verdict | undefined {
  const differ = (x: string, y: string): boolean =>
    (a.persons.has(x) && b.persons.has(y) && !b.persons.has(x) && !a.persons.has(y)) ||
    (a.persons.has(y) && b.persons.has(x) && !b.persons.has(y) && !a.persons.has(x));
  for (const [x, y] of [
    ['he', 'she'],
    ['i', 'he'],
    ['i', 'she'],
    ['you', 'he'],
    ['you', 'she'],
  ] as const)
    if (differ(x, y)) return refuse('person', `${x} / ${y}`);
  const subjectA = subject(wordsA.words);
  const subjectB = subject(wordsB.words);
  // "How can you improve your sleep" means anyone; "where do you live" doesn't.
  const anyone = (reading: Reading, { words }: Words): boolean =>
    ['howto', 'can', 'should'].includes(reading.ask) ||
    / (?:should|can|could|would|must|may) (?:i|you) /.test(` ${words.join(' ')} `);
  const generic = anyone(a, wordsA) && anyone(b, wordsB);
  if (subjectA && subjectB && subjectA !== subjectB && !generic)
    return refuse('person', `${subjectA} / ${subjectB}`);
  if (differ('i', 'you') && !(subjectA && subjectB) && !generic) return refuse('person', 'i / you');
  return undefined;
}

/** Who acts, when it is the one who asks or the one who is asked. */
function subject(words: readonly string[]): 'i' | 'you' | undefined {
  const at = words.findIndex((word) => word === 'i' || word === 'you');
  const before = words[at - 1] ?? '';
  return at > 0 && /^(do|did|am|are|was|were|have)$/.test(before) ? (words[at] as 'i' | 'you') : undefined;
}

type Pairs = readonly (readonly [Term, Term])[];

interface Matching {
  readonly pairs: Pairs;
  readonly onlyA: readonly Term[];
  readonly onlyB: readonly Term[];
}

/** @param literally only the same words match, not words of the same meaning. */
function match(a: readonly Term[], b: readonly Term[], literally: boolean): Matching {
  const restA = [...a];
  const restB = [...b];
  const pairs: [Term, Term][] = [];
  const pair = (alike: (x: Term, y: Term) => boolean): void => {
    for (let i = 0; i < restA.length; i++) {
      const j = restB.findIndex((y) => alike(restA[i]!, y));
      if (j >= 0) pairs.push([...restA.splice(i--, 1), ...restB.splice(j, 1)] as [Term, Term]);
    }
  };
  pair((x, y) => x.kind === y.kind && x.text === y.text);
  pair(sameWord);
  if (!literally) pair(sameMeaning);
  // Said twice is said once.
  const said = (side: 0 | 1) => (term: Term) =>
    !pairs.some((both) => sameWord(both[side], term) || (!literally && sameMeaning(both[side], term)));
  return { pairs, onlyA: restA.filter(said(0)), onlyB: restB.filter(said(1)) };
}

const sameWord = (x: Term, y: Term): boolean =>
  x.kind === y.kind && x.forms.some((form) => y.forms.includes(form));
const sameMeaning = (x: Term, y: Term): boolean =>
  x.kind === 'word' &&
  y.kind === 'word' &&
  (x.meanings.some((meaning) => y.meanings.includes(meaning)) || derived(x, y) || derived(y, x));

/** A noun made of a verb or an adjective: invest, investment; intense, intensity. */
function derived(base: Term, noun: Term): boolean {
  if (/^(univers|depart|apart|state|commun|compart)/.test(base.text)) return false;
  return base.forms.some(
    (form) =>
      form.length >= 5 &&
      ['ion', 'ation', 'ment', 'ance', 'ence', 'ness', 'ity'].some(
        (ending) =>
          noun.forms.includes(form + ending) ||
          (form.endsWith('e') && noun.forms.includes(form.slice(0, -1) + ending)),
      ),
  );
}

/** The words of a text whose terms found no like, together with its small words. */
function without(reading: Reading, pairs: Pairs, side: 0 | 1): Set<string> {
  const matched = new Set(pairs.map((both) => both[side].text));
  return new Set([...reading.words].filter((word) => !matched.has(word)));
}

function leftOver(onlyA: readonly Term[], onlyB: readonly Term[]): Verdict | undefined {
  if (onlyA.length === 0 && onlyB.length === 0) return undefined;
  const detail = `${show(onlyA.map(({ text }) => text))} / ${show(onlyB.map(({ text }) => text))}`;
  if (onlyA.length > 0 && onlyB.length > 0) return refuse('other words', detail);
  const extra = [...onlyA, ...onlyB];
  return extra.length > 3 || extra.some(({ weak }) => !weak) ? refuse('extra words', detail) : undefined;
}

const ALIKE: readonly (readonly Ask[])[] = [
  ['none', 'what', 'give', 'explain'],
  ['none', 'give', 'create'],
  ['none', 'howto'],
  ['none', 'measure'],
  ['is', 'can'],
];

function askAlike(a: Reading, b: Reading, pairs: Pairs): boolean {
  if (a.ask === b.ask || ALIKE.some((asks) => asks.includes(a.ask) && asks.includes(b.ask))) return true;
  const asks = [a.ask, b.ask];
  // "Explain supply and demand": how it works.
  if (asks.includes('explain') && asks.includes('how')) return true;
  // "Is tea or coffee healthier", "which is healthier, tea or coffee".
  if (
    asks.includes('is') &&
    asks.includes('what') &&
    pairs.some(([x]) => x.forms.some((form) => form.endsWith('+er')))
  )
    return true;
  // "What is the CSS for centering a div": enough words in common to leave no other question open.
  return asks.includes('howto') && asks.includes('what') && pairs.filter(([x]) => !x.weak).length >= 3;
}

/** All files aren't a file. */
function quantities(pairs: Pairs, wordsA: Words, wordsB: Words): Verdict | undefined {
  const all = ({ words }: Words): boolean =>
    words.some((word) => ['all', 'every', 'each', 'entire', 'whole'].includes(word));
  if (all(wordsA) === all(wordsB)) return undefined;
  return pairs.some(([x, y]) => x.plural !== y.plural) ? refuse('quantity', 'all / one') : undefined;
}

/**
 * Whether words that changed places changed roles. `PDF to Word` and `Word to PDF` exchange what stands behind `to`, and `dogs
 * chase cats` what stands on either side of the verb. `reverse a Python list` and `reverse a list in Python` don't.
 */
function roles(pairs: Pairs, a: Reading, b: Reading): Verdict | undefined {
  const placed = pairs.map(([x, y]) => ({ x, y, inA: a.terms.indexOf(x), inB: b.terms.indexOf(y) }));
  for (const { x, y } of placed)
    if (
      AGAINST.some(
        ([g, h]) => (g === x.governor && h === y.governor) || (h === x.governor && g === y.governor),
      )
    )
      return refuse('direction', `${x.governor} ${x.text} / ${y.governor} ${y.text}`.trim());
  for (const p of placed)
    for (const q of placed) {
      if (p.inA >= q.inA || p.inB <= q.inB) continue; // only those that changed places
      const listed = [p.x, p.y, q.x, q.y].some(({ joined }) => joined);
      const detail = `${p.x.text} … ${q.x.text} / ${q.y.text} … ${p.y.text}`;
      const exchanged = (behindA: Term, other: Term, behindB: Term, otherB: Term): boolean =>
        behindA.governor !== '' &&
        behindA.governor === behindB.governor &&
        other.governor !== behindA.governor &&
        otherB.governor !== behindA.governor;
      if (exchanged(q.x, p.x, p.y, q.y) || exchanged(p.x, q.x, q.y, p.y)) return refuse('direction', detail);
      const bare = [p.x, p.y, q.x, q.y].every(({ governor }) => governor === '');
      const verbBetween = placed.some(
        (v) => v.inA > p.inA && v.inA < q.inA && v.inB > q.inB && v.inB < p.inB,
      );
      if (bare && verbBetween && !listed) return refuse('direction', detail);
    }
  return undefined;
}

/** Prepositions that exclude each other before the same word; '' is none. */
const AGAINST: readonly (readonly [string, string])[] = [
  ['from', 'to'],
  ['from', 'into'],
  ['before', 'after'],
  ['over', 'under'],
  ['above', 'below'],
  ['for', 'against'],
  ['inside', 'outside'],
  ['than', ''],
  ...['by', 'to', 'from', 'with', 'in', 'like'].map((other) => ['about', other] as const),
  ...['for', 'to', 'before'].map((other) => ['by', other] as const),
  ['near', 'in'],
];
