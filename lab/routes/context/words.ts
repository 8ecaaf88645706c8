import type { Part } from '../../../engine/latency/context/compact.ts';
import type { Verdict } from '../../../engine/latency/context/slim.ts';
import type { Rule } from '../../stores/context-settings.ts';

export const RULE_NAMES: Record<Rule, string> = {
  printed: 'As printed',
  budget: 'By tokens',
  relevance: 'By relevance',
};

/** 12,345. */
export const whole = (n: number): string => Math.round(n).toLocaleString('en-US');

/** A verdict in a word, for a cell. */
export function mark(verdict: Verdict): string {
  if (verdict.fate === 'dropped') return verdict.why === 'lost' ? 'lost' : 'dropped';
  return verdict.fate;
}

const KEPT = {
  system: 'It is of the system, which comes first.',
  newest: 'It is the newest message, or the newest of the user: without it there is nothing to answer.',
  important: 'Its importance is above the threshold.',
  recent: 'It is among the last, and there was room.',
  relevant: 'It is relevant enough to come before the room was gone.',
};
const DROPPED = {
  old: 'It is further back than the last ones, and not important enough.',
  window: 'The window was full before its turn came.',
  unpaired:
    'A tool’s call and its result go together, and the other half is missing. Models refuse one alone.',
  lost: 'The rule had kept it for its importance, put it in front, and then cut the list to its last ones again.',
};

/** Why it came to this, in a sentence. */
export function reason(verdict: Verdict, placeOf: (id: string) => number): string {
  switch (verdict.fate) {
    case 'kept':
      return KEPT[verdict.why];
    case 'shortened':
      return `${KEPT[verdict.why]} It did not fit whole, so its middle was left out.`;
    case 'merged':
      return verdict.exact
        ? `Message ${placeOf(verdict.of)} says the same, character for character.`
        : `Message ${placeOf(verdict.of)} says nearly the same; no figure and no negation differs.`;
    case 'dropped':
      return DROPPED[verdict.why];
  }
}

const PARTS: Record<Part['name'], string> = {
  repeats: 'Equal messages kept once',
  'near repeats': 'Nearly equal ones, too',
  indentation: 'JSON without its spaces',
  tables: 'Lists of JSON as tables',
  pruning: 'Messages left out',
  compression: 'gzip, at rest',
};
export const partName = ({ name }: Part): string => PARTS[name];
