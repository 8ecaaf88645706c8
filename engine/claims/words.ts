import type { Estimate } from '../tuning/estimate.ts';
import type { Bound, ClaimUnit } from './claim.ts';
import type { CaseResult } from './evaluate.ts';
import type { Judgement, Verdict } from './verdict.ts';

/** Figures in words: the same on the page, on the command line and in docs/claims.md. */
const NBSP = '\u00a0';
const SIGN = /^-/;

const grouped = (value: number, digits: number): string =>
  value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** Digits after the point, so that a figure has about three that say something. */
const digitsFor = (size: number): number =>
  size >= 100 || size === 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;

function scaled(unit: ClaimUnit, size: number): { by: number; unit: string; before?: string } {
  switch (unit) {
    case 'share':
    case 'change':
      return { by: 100, unit: `${NBSP}%` };
    case 'points':
      return { by: 100, unit: `${NBSP}points` };
    case 'ms':
      return size >= 1000 ? { by: 0.001, unit: `${NBSP}s` } : { by: 1, unit: `${NBSP}ms` };
    case 'usd':
      return { by: 1, unit: '', before: '$' };
    case 'users':
    case 'requests':
      return { by: 1e-6, unit: `${NBSP}M` };
    case 'tokens':
      return { by: 1, unit: `${NBSP}tokens` };
    case 's':
      return { by: 1, unit: `${NBSP}s` };
    case 'rps':
      return { by: 1, unit: '/s' };
  }
}

/** `−78.6 %`, `12 s`, `$0.0240`. A change has its sign. @param like decides the scale and the digits, so that two figures can be compared. */
export function figureText(value: number, unit: ClaimUnit, like = value): string {
  if (!Number.isFinite(value)) return '–';
  const { by, unit: name, before = '' } = scaled(unit, Math.abs(like));
  const size = Math.abs(like * by);
  const percent = unit === 'share' || unit === 'change' || unit === 'points';
  const digits = percent ? 1 : unit === 'usd' ? (size < 1 && size > 0 ? 4 : 2) : digitsFor(size);
  const text = grouped(value * by, digits);
  // What rounds to nothing has no sign.
  const nothing = !/[1-9]/.test(text);
  const sign = nothing ? '' : SIGN.test(text) ? '−' : unit === 'change' && value > 0 ? '+' : '';
  return `${sign}${before}${text.replace(SIGN, '')}${name}`;
}

/** `12.0 s ± 0.3`, or the value alone where there is no chance in it, or too little to be seen. */
export function estimateText({ mean, high }: Estimate, unit: ClaimUnit): string {
  const middle = figureText(mean, unit);
  if (high === null) return middle;
  const half = figureText(high - mean, unit, mean)
    .replace(/[+−]/, '')
    .replace(/(\u00a0.*|\/s)$/, '');
  return /[1-9]/.test(half) ? `${middle} ±${NBSP}${half}` : middle;
}

/** What agrees with the printed figure: `at most 94 ms`. */
export function boundText({ value, unit, direction, within, to }: Bound): string {
  const plain = (x: number): string => trimmed(figureText(x, unit, value));
  switch (direction) {
    case 'at most':
      // A saving of at least 78 % is a change of −78 % at most.
      return unit === 'change' && value < 0 ? `${plain(value)} or lower` : `at most ${plain(value)}`;
    case 'at least':
      return `at least ${plain(value)}`;
    case 'range':
      return `${plain(value)} to ${plain(to ?? value)}`;
    case 'about':
      return within === undefined
        ? `${plain(value)}, within a tenth`
        : `${plain(value)}, within ${trimmed(figureText(within, unit === 'share' || unit === 'change' ? 'points' : unit))}`;
  }
}

/** Zeros after the point of a printed figure say nothing. */
const trimmed = (text: string): string => text.replace(/(\.\d*?)0+(?=\D|$)/, '$1').replace(/\.(?=\D|$)/, '');

/** A figure and its unit stay on one line. */
export const printed = (text: string): string =>
  text.replaceAll(/(\d) (%|ms|s|million|MB)(?!\w)/g, `$1${NBSP}$2`);

export const VERDICT_WORDS: Record<Verdict['kind'], string> = {
  reproduced: 'Reproduced',
  'only if': 'Only if …',
  'not reproduced': 'Not reproduced',
  undecided: 'Undecided',
  outside: 'Outside',
};

export const VERDICT_MEANS: Record<Verdict['kind'], string> = {
  reproduced: 'as the module has it, the whole interval is within the bound',
  'only if': 'not as the module has it, but under a condition that it does not name',
  'not reproduced': 'in no case that was run',
  undecided: 'the interval is cut by the bound: more seeds would tell',
  outside: 'nothing that a run can show',
};

/** `Only if the call is one to gpt-3.5-turbo.` */
export function verdictText({ kind, conditions }: Verdict): string {
  if (kind !== 'only if') return VERDICT_WORDS[kind];
  return `Only if ${conditions.join('; or ')}`;
}

export const JUDGEMENT_WORDS: Record<Judgement, string> = {
  holds: 'holds',
  fails: 'does not hold',
  open: 'cannot be told yet',
};

export const caseTitle = ({ condition }: Pick<CaseResult, 'condition'>): string =>
  condition === null ? 'As the module has it' : `If ${condition}`;
