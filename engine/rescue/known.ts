/** The shortest rescues that are known. Written by `npm run rescue -- search --write`; a test plays them again. */
import type { KnownRescue } from './known-rescue.ts';

export const KNOWN: Readonly<Record<string, KnownRescue>> = {
  'prime-day': {
    pulls: [
      { afterS: 0, lever: 'l3', value: true },
      { afterS: 0, lever: 'deadlineMargin', value: true },
    ],
    checks: [
      { seed: 4217, score: 940, recoveredS: 46 },
      { seed: 1, score: 937, recoveredS: 50 },
      { seed: 2, score: 936, recoveredS: 52 },
      { seed: 3, score: 938, recoveredS: 49 },
      { seed: 4, score: 938, recoveredS: 49 },
    ],
    games: 366,
  },
  'cold-cache': {
    pulls: [{ afterS: 0, lever: 'deadlineMargin', value: true }],
    checks: [
      { seed: 4217, score: 936, recoveredS: 59 },
      { seed: 1, score: 933, recoveredS: 59 },
      { seed: 2, score: 930, recoveredS: 61 },
      { seed: 3, score: 927, recoveredS: 65 },
      { seed: 4, score: 933, recoveredS: 62 },
    ],
    games: 101,
  },
  'redis-outage': {
    pulls: [
      { afterS: 0, lever: 'lookupTimeout', value: 20 },
      { afterS: 0, lever: 'fallback', value: true },
    ],
    checks: [
      { seed: 4217, score: 876, recoveredS: 18 },
      { seed: 1, score: 881, recoveredS: 18 },
      { seed: 2, score: 876, recoveredS: 18 },
      { seed: 3, score: 876, recoveredS: 18 },
      { seed: 4, score: 880, recoveredS: 18 },
    ],
    games: 129,
  },
  'model-bill': {
    pulls: [{ afterS: 0, lever: 'researchLimit', value: 5000 }],
    checks: [
      { seed: 4217, score: 957, recoveredS: 1740 },
      { seed: 1, score: 957, recoveredS: 1740 },
      { seed: 2, score: 957, recoveredS: 1740 },
      { seed: 3, score: 957, recoveredS: 1740 },
      { seed: 4, score: 957, recoveredS: 1740 },
    ],
    games: 261,
  },
};
