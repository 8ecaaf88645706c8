import { InputError, nearest } from '../core/errors.ts';
import { billClaims } from './bill-claims.ts';
import { cacheClaims } from './cache-claims.ts';
import type { Claim } from './claim.ts';
import { costClaims } from './cost-claims.ts';
import { latencyClaims } from './latency-claims.ts';
import { memoryScenarioClaims, scenarioClaims } from './scenario-claims.ts';

/** Every figure that the module prints as an effect. What it prints as a setting (a TTL of 3600 s) is none. */
export const CLAIMS: readonly Claim[] = [
  ...scenarioClaims,
  ...billClaims,
  ...memoryScenarioClaims,
  ...cacheClaims,
  ...costClaims,
  ...latencyClaims,
];

/** @throws InputError for an unknown id. */
export function claimById(id: string): Claim {
  const found = CLAIMS.find((claim) => claim.id === id);
  if (found) return found;
  const guess = nearest(
    id,
    CLAIMS.map((claim) => claim.id),
  );
  throw new InputError(
    'claim',
    'the id of a claim',
    JSON.stringify(id),
    guess === undefined ? '--list has them.' : `Did you mean "${guess}"?`,
  );
}
