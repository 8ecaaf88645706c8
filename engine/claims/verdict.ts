import { InputError } from '../core/errors.ts';
import type { Estimate } from '../tuning/estimate.ts';
import type { Bound } from './claim.ts';

/** Of one case: the whole interval is within the bound, none of it is, or the bound cuts it. */
export type Judgement = 'holds' | 'fails' | 'open';

export const VERDICTS = ['reproduced', 'only if', 'not reproduced', 'undecided', 'outside'] as const;
export type VerdictKind = (typeof VERDICTS)[number];

export interface Verdict {
  kind: VerdictKind;
  /** Of "only if": those under which it holds, in the order of the claim. */
  conditions: string[];
}

/** A printed "about" figure leaves a tenth to either side, unless the claim says otherwise. */
const TENTH = 0.1;

/** The values that agree with the printed figure, from `low` to `high`, both included. */
export function acceptedBy({ value, direction, within, to }: Bound): { low: number; high: number } {
  switch (direction) {
    case 'at least':
      return { low: value, high: Infinity };
    case 'at most':
      return { low: -Infinity, high: value };
    case 'range': {
      if (to === undefined) throw new InputError('bound', 'a range with both ends', `${value} alone`);
      return { low: Math.min(value, to), high: Math.max(value, to) };
    }
    case 'about': {
      const half = within ?? Math.abs(value) * TENTH;
      return { low: value - half, high: value + half };
    }
  }
}

/** @param measured of an exact case: the value, without an interval. @throws InputError when nothing was measured. */
export function judgeCase(bound: Bound, measured: Estimate): Judgement {
  if (Number.isNaN(measured.mean))
    throw new InputError('quantity', 'a number', 'NaN', 'The runs had nothing to measure it by.');
  const { low, high } = acceptedBy(bound);
  const [least, most] = [measured.low ?? measured.mean, measured.high ?? measured.mean];
  if (least >= low && most <= high) return 'holds';
  return most < low || least > high ? 'fails' : 'open';
}

/**
 * What the cases come to. The first is the module's own: when it holds the claim is reproduced, and when its interval is cut by the bound nothing is
 * decided. When it fails, the conditions under which the claim does hold are what it holds under.
 */
export function verdictOf(cases: readonly { condition: string | null; judgement: Judgement }[]): Verdict {
  const [printed, ...conditioned] = cases;
  if (printed?.condition !== null || conditioned.some(({ condition }) => condition === null))
    throw new InputError('cases', 'the one without a condition first, and no other', 'none, or several');
  if (printed.judgement === 'holds') return { kind: 'reproduced', conditions: [] };
  if (printed.judgement === 'open') return { kind: 'undecided', conditions: [] };
  const conditions = conditioned.flatMap(({ condition, judgement }) =>
    judgement === 'holds' ? [condition!] : [],
  );
  if (conditions.length > 0) return { kind: 'only if', conditions };
  const open = conditioned.some(({ judgement }) => judgement === 'open');
  return { kind: open ? 'undecided' : 'not reproduced', conditions: [] };
}
