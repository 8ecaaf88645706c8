import { TierError } from './tier.ts';

/** Some of several entries were written: what became of each; undefined where it failed. */
export class PartialWrite extends TierError {
  constructor(
    tier: string,
    cause: TierError,
    readonly keptEach: readonly (boolean | undefined)[],
  ) {
    super(tier, cause.reason, cause.message, { cause });
  }
}

/**
 * What `setMany` makes of single writes: their results when all came through, otherwise a rejection, which tells those apart that did.
 */
export function togetherOrPartial(
  tier: string,
  results: readonly PromiseSettledResult<boolean>[],
): boolean[] {
  const failed = results.find((result) => result.status === 'rejected');
  if (!failed) return results.map((result) => (result as PromiseFulfilledResult<boolean>).value);
  const error: unknown = failed.reason;
  if (!(error instanceof TierError) || results.every((result) => result.status === 'rejected')) throw error;
  throw new PartialWrite(
    tier,
    error,
    results.map((result) => (result.status === 'fulfilled' ? result.value : undefined)),
  );
}
