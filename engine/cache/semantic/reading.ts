import { meaningsOf, phraseAt } from './lexicon/concepts.ts';
import { ASKS, type Ask, COURTESY, TURNS } from './lexicon/frames.ts';
import { formsOf, isPast } from './lexicon/lemmas.ts';
import { ABOUT_WORDS, FREE, WEAK, WEAK_NOUNS } from './lexicon/light-words.ts';
import type { Words } from './tokenise.ts';

/** A word, or a phrase that stands for one, that says what a prompt is about. */
export interface Term {
  readonly text: string;
  /** Base forms; two terms are the same word when they share one. */
  readonly forms: readonly string[];
  /** Lines of the lexicon; two terms mean the same when they share one. */
  readonly meanings: readonly string[];
  /** The preposition before it (`to`, `from`, `not` …), or ''. */
  readonly governor: string;
  readonly kind: 'word' | 'number' | 'quoted';
  /** Its absence from the other text changes nothing. */
  readonly weak: boolean;
  readonly plural: boolean;
  /** Joined to the next term by and, or, versus. */
  readonly joined: boolean;
}

/** `done` is a past form without an auxiliary (who *won*): it excludes the future only. */
export type Tense = 'past' | 'done' | 'present' | 'future' | 'none';

/** What the guard compares of a prompt. */
export interface Reading {
  readonly ask: Ask;
  readonly terms: readonly Term[];
  /** Every word after courtesy and the question were taken away; phrases of the lexicon as one. */
  readonly words: ReadonlySet<string>;
  readonly negations: number;
  readonly quoted: readonly string[];
  readonly tense: Tense;
  /** Whose: speakers that the text names, such as `i`, `you`, `he`. */
  readonly persons: ReadonlySet<string>;
  /** It mentions words instead of using them. */
  readonly aboutWords: boolean;
}

const GOVERNORS = new Set(
  `to into onto from than before after without with against for of in on at by about over under above below between
  through not except instead like as per during until since via inside outside near behind`.split(/\s+/),
);
const NEGATIONS = new Set(
  'not no never without except excluding none neither nor nobody nothing hardly'.split(' '),
);
/** Small words that a text may not lose: they change the meaning of what follows. */
const TELLING = new Set(
  'without before after except instead unlike until since inside outside above below under behind only'.split(
    ' ',
  ),
);
const LINKS = new Set(['and', 'or', 'versus', 'vs', ',']);
/** What may stand between a preposition and the terms that it governs. */
const DETERMINERS = new Set(
  'a an the my your his her our their this that these those some any all each every'.split(' '),
);
const PERSONS: Readonly<Record<string, string>> = {
  i: 'i',
  me: 'i',
  my: 'i',
  mine: 'i',
  myself: 'i',
  we: 'i',
  our: 'i',
  us: 'i',
  ours: 'i',
  you: 'you',
  your: 'you',
  yours: 'you',
  yourself: 'you',
  he: 'he',
  him: 'he',
  his: 'he',
  himself: 'he',
  she: 'she',
  her: 'she',
  hers: 'she',
  herself: 'she',
};

export function readWords({ words, quoted }: Words): Reading {
  const { ask, rest } = question(words);
  const aboutWords = words.some((word) => ABOUT_WORDS.has(word));
  const units = joinPhrases(rest, quoted);
  return {
    ask,
    terms: termsOf(units),
    words: new Set(units.map(({ text }) => text).filter((text) => /[\p{L}\p{N}]/u.test(text))),
    negations: rest.filter((word) => NEGATIONS.has(word)).length,
    quoted,
    tense: tenseOf(words),
    persons: new Set(rest.flatMap((word) => PERSONS[word] ?? [])),
    aboutWords,
  };
}

function question(words: readonly string[]): { ask: Ask; rest: string[] } {
  let line = ` ${words.join(' ')} `;
  const apply = (pattern: RegExp, replacement: string): void => {
    line = ` ${line.replace(pattern, replacement).replace(/ +/g, ' ').trim()} `;
  };
  for (let before = ''; before !== line;) {
    before = line;
    for (const [pattern, replacement] of COURTESY) apply(pattern, replacement);
  }
  if (line.trim() === '') line = ` ${words.join(' ')} `;
  for (const [pattern, replacement] of TURNS) apply(pattern, replacement);
  const found = ASKS.find(([, pattern]) => pattern.test(line));
  if (found) apply(found[1], found[2]);
  return { ask: found?.[0] ?? 'none', rest: line.trim().split(' ').filter(Boolean) };
}

interface Unit {
  readonly text: string;
  readonly forms: readonly string[];
  readonly quoted: boolean;
}

function joinPhrases(words: readonly string[], quoted: readonly string[]): Unit[] {
  const units: Unit[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (word.startsWith('"')) {
      const text = `"${quoted[Number(word.slice(1, -1))]!.toLowerCase()}"`;
      units.push({ text, forms: [text], quoted: true });
      continue;
    }
    const found = phraseAt(words, i);
    if (found) {
      units.push({ text: found.phrase, forms: [found.phrase], quoted: false });
      i += found.length - 1;
    } else {
      const text = word.startsWith('how-') ? word.replace('-', ' ') : word;
      units.push({ text, forms: formsOf(text), quoted: false });
    }
  }
  return units;
}

function termsOf(units: readonly Unit[]): Term[] {
  const terms: (Term & { at: number })[] = [];
  let governor = '';
  for (let i = 0; i < units.length; i++) {
    const { text, forms, quoted } = units[i]!;
    const next = units[i + 1]?.text ?? '';
    const number = /^\d/.test(text);
    // "1 paragraph" is "a paragraph", but "part 1" is a part.
    const article = text === '1' && /^\p{L}/u.test(next) && !FREE.has(next);
    const telling = TELLING.has(text);
    const symbol = !/[\p{L}\p{N}"]/u.test(text);
    const passedOver =
      article ||
      (FREE.has(text) && !telling) ||
      (symbol && /^(?:[?,;:.!]|-|&|')$/.test(text)) ||
      text === "'s" ||
      text === 'not' ||
      text === 'no' ||
      text === 'never';
    if (!passedOver)
      terms.push({
        at: i,
        text,
        forms,
        meanings: meaningsOf(forms),
        governor: telling ? '' : governor,
        kind: quoted ? 'quoted' : number ? 'number' : 'word',
        weak: forms.some((form) => WEAK.has(form) || WEAK_NOUNS.has(form)),
        plural: /[^s]s$/.test(text),
        joined: LINKS.has(next),
      });
    if (text === "'s" && terms.length > 0) terms.push({ ...terms.pop()!, governor: 'of' }); // Rome's history, the history of Rome
    if (GOVERNORS.has(text)) governor = text;
    else if (text === 'no' || text === 'never') governor = 'not';
    else if (passedOver && !LINKS.has(text) && !DETERMINERS.has(text)) governor = '';
  }
  return terms.map((term, i) => {
    if (!term.forms.some((form) => WEAK_NOUNS.has(form))) return term;
    const behind = terms[i - 1]?.at === term.at - 1;
    const before = terms[i + 1]?.at === term.at + 1 && !terms[i + 1]!.weak;
    const mexicoCity = behind && term.forms.includes('city');
    return { ...term, weak: !before && !mexicoCity && (behind || term.governor === '') };
  });
}

function tenseOf(words: readonly string[]): Tense {
  const has = (...any: string[]) => any.some((word) => words.includes(word));
  if (has('will', 'shall') || / going to /.test(` ${words.join(' ')} `)) return 'future';
  if (has('did', 'was', 'were', 'had')) return 'past';
  if (
    words.some(
      (word) =>
        isPast(word) ||
        /^(?!need|feed|seed|speed|weed|exceed|proceed|indeed|hundred|embed).{2,}ed$/.test(word),
    )
  )
    return 'done';
  return has('do', 'does', 'is', 'are', 'am', 'has') ? 'present' : 'none';
}
