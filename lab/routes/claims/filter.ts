import type { Claim, ClaimPart } from '../../../engine/claims/claim.ts';
import type { VerdictKind } from '../../../engine/claims/verdict.ts';
import type { ClaimState } from '../../stores/claims.svelte.ts';

export interface ClaimFilter {
  part: ClaimPart | 'all';
  /** `none`: without a verdict yet. */
  verdict: VerdictKind | 'none' | 'all';
}

export const passes = (claim: Claim, state: ClaimState, { part, verdict }: ClaimFilter): boolean =>
  (part === 'all' || claim.part === part) &&
  (verdict === 'all' || verdict === (state.kind === 'done' ? state.result.verdict.kind : 'none'));

/** How many have each verdict, and how many none yet. */
export function tally(states: readonly ClaimState[]): Record<VerdictKind | 'none', number> {
  const counts = { reproduced: 0, 'only if': 0, 'not reproduced': 0, undecided: 0, outside: 0, none: 0 };
  for (const state of states) counts[state.kind === 'done' ? state.result.verdict.kind : 'none']++;
  return counts;
}

/** The claim that an address names: by its id, or the first that runs this scenario. */
export function claimAt(path: string, claims: readonly Claim[]): Claim | undefined {
  return (
    claims.find(({ id }) => id === path) ??
    claims.find(
      (claim) =>
        'cases' in claim &&
        claim.cases.some(
          (one) => 'runs' in one && Object.values(one.runs).some(({ scenario }) => scenario === path),
        ),
    )
  );
}
