import type { Override } from '../simulation/overrides.ts';
import type { PullValue } from '../simulation/levers.ts';
import type { Outcome } from '../tuning/outcome.ts';

export const CLAIM_PARTS = [
  { id: 'scenarios', title: 'The four stories' },
  { id: 'cache', title: 'Cache' },
  { id: 'cost', title: 'Cost' },
  { id: 'latency', title: 'Latency and memory' },
] as const;
export type ClaimPart = (typeof CLAIM_PARTS)[number]['id'];

/** `share`: 0 to 1. `change`: a relative change, −0.78 for 78 % less. `ms`, `s`, `usd` and counts of `users`, `requests`, `tokens`; `rps`: requests a second. */
export type ClaimUnit =
  'share' | 'change' | 'ms' | 's' | 'usd' | 'users' | 'requests' | 'tokens' | 'rps' | 'points';

/** What the printed figure allows. `range`: from `value` to `to`. `about`: within `within` of it, or a tenth of it. */
export interface Bound {
  value: number;
  unit: ClaimUnit;
  direction: 'about' | 'at least' | 'at most' | 'range';
  /** Of `about`. */
  within?: number;
  /** Of `range`. */
  to?: number;
}

/** One run of a catalogue scenario for each seed. */
export interface ClaimRun {
  scenario: string;
  overrides?: readonly Override[];
  /** A preset of the scenario, pulled when the scenario says. */
  preset?: string;
  /** Levers, pulled at a second of the run. */
  pulls?: { atS: number; levers: Readonly<Record<string, PullValue>> };
  untilS?: number;
}

/** Runs under one condition, and what the claim's quantity comes to in them. */
export interface MeasuredCase {
  /** Null: as the module has it. Else what holds besides, to follow "only if". */
  condition: string | null;
  /** By a name of the case's own; all have the same seed. The first is the one to open. */
  runs: Readonly<Record<string, ClaimRun>>;
  /** Beside those that every run has; of all runs of the case. */
  figures?: readonly string[];
  /** Of one seed. */
  quantity: (outcomes: Readonly<Record<string, Outcome>>) => number;
}

/** A formula or a machine of the engine, asked directly: no chance in it, so no seeds. */
export interface ExactCase {
  condition: string | null;
  exact: () => number;
}

interface ClaimAbout {
  /** Also the address: `#/claims/prime-day-plateau`. */
  id: string;
  part: ClaimPart;
  /** The system or scenario of the module: `S1`, `C7`. */
  system: string;
  /** Where the module prints it, in words. */
  where: string;
  /** The reading's section that speaks of it. */
  section: string;
  /** The claim, in our words, with its number. */
  text: string;
}

export interface JudgedClaim extends ClaimAbout {
  bound: Bound;
  /** What is measured. */
  quantity: string;
  /** Of each run, from 1 on. */
  seeds: number;
  /** What one should know to read the verdict. */
  note?: string;
  /** The first is the module's own. */
  cases: readonly (MeasuredCase | ExactCase)[];
}

export interface OutsideClaim extends ClaimAbout {
  /** Why no run can show it, in one sentence. */
  outside: string;
}

export type Claim = JudgedClaim | OutsideClaim;

export const isOutside = (claim: Claim): claim is OutsideClaim => 'outside' in claim;
export const isExact = (one: MeasuredCase | ExactCase): one is ExactCase => 'exact' in one;
