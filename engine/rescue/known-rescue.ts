import type { TimedPull } from './rules.ts';
import type { Found } from './search.ts';

/** A rescue that the search has found. */
export interface KnownRescue {
  pulls: readonly TimedPull[];
  /** What came of it, seed by seed. */
  checks: readonly { seed: number; score: number; recoveredS: number }[];
  /** How many games the search played. */
  games: number;
}

export function knownOf({ pulls, results }: Found, seeds: readonly number[], games: number): KnownRescue {
  return {
    pulls: pulls.map(({ afterS, lever, value }) => ({ afterS, lever, value })),
    checks: results.map(({ score, judgement }, i) => ({
      seed: seeds[i]!,
      score: score.total,
      recoveredS: judgement.heldSinceS ?? NaN,
    })),
    games,
  };
}

/** The file that holds them, as `npm run format` goes on with it. */
export const knownFile = (known: Readonly<Record<string, KnownRescue>>): string =>
  `/** The shortest rescues that are known. Written by \`npm run rescue -- search --write\`; a test plays them again. */
import type { KnownRescue } from './known-rescue.ts';

export const KNOWN: Readonly<Record<string, KnownRescue>> = ${JSON.stringify(known, null, 2)};
`;
