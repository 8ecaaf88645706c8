import type { InvalidationOutcome, Notice, ReadOutcome, Target } from '../../engine/cache/flow/protocol.ts';

/** What happens beside the walks, in words. */

export const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];

export function targetInWords(target: Target): string {
  switch (target.kind) {
    case 'key':
      return 'a key';
    case 'tag':
      return `everything tagged “${target.tag}”`;
    case 'prefix':
      return `everything from “${target.prefix}”`;
    case 'all':
      return 'everything';
  }
}

export function purgeInWords({ target, levels }: InvalidationOutcome): string {
  const counts = levels.map(({ level, deleted, error }) => {
    const where = level.toUpperCase();
    if (error !== undefined) return `${where} failed, and what it still holds is not served`;
    return target.kind === 'all' ? `${where} emptied` : `${where} ${deleted}`;
  });
  return `Purged ${targetInWords(target)}: ${counts.join(', ')}.`;
}

export function noticeInWords(notice: Notice, breaker: { failures: number; openMs: number }): string {
  switch (notice.kind) {
    case 'write-lost':
      return `${notice.tier} lost ${notice.keys.length} writes: ${notice.error}.`;
    case 'circuit':
      return notice.state === 'open'
        ? `the circuit of ${notice.tier} opened; it is not asked for ${breaker.openMs / 1000} s.`
        : notice.state === 'half-open'
          ? `the circuit of ${notice.tier} is half open: one operation may try.`
          : `the circuit of ${notice.tier} closed again.`;
    case 'renewal-failed':
      return `a renewal failed: ${notice.error}.`;
    case 'bus-failed':
      return `the bus failed: ${notice.error}.`;
  }
}

/** Names of the levels that got a copy, such as `L1 and L2`. */
export const promotedInWords = ({ steps, promotedTo }: Pick<ReadOutcome, 'steps' | 'promotedTo'>): string =>
  steps
    .filter(({ tier }) => promotedTo.includes(tier))
    .map(({ level }) => level.toUpperCase())
    .join(' and ');

/** For a caller that waits no longer; the machine says so itself, but to nobody. */
export const stopped = (key: string): ReadOutcome => ({
  key,
  status: 'failed',
  value: undefined,
  level: null,
  tier: null,
  freshness: null,
  reason: 'abandoned',
  ageMs: null,
  freshForMs: null,
  tookMs: 0,
  steps: [],
  promotedTo: [],
  coalesced: false,
  renewing: null,
});
