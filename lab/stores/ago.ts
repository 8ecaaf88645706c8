const MIN_MS = 60_000;
const HOUR_MS = 60 * MIN_MS;
const DAY_MS = 24 * HOUR_MS;

const some = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;

/** How long ago a moment was: `just now`, `12 minutes ago`, `3 days ago`. A clock that was set back makes it just now. */
export function agoWords(atMs: number, nowMs: number): string {
  const pastMs = nowMs - atMs;
  if (pastMs < MIN_MS) return 'just now';
  if (pastMs < HOUR_MS) return `${some(Math.floor(pastMs / MIN_MS), 'minute')} ago`;
  if (pastMs < DAY_MS) return `${some(Math.floor(pastMs / HOUR_MS), 'hour')} ago`;
  return `${some(Math.floor(pastMs / DAY_MS), 'day')} ago`;
}

/** Since when something is due: `2 days late`, or `today`. */
export function lateWords(dueAtMs: number, nowMs: number): string {
  const lateMs = nowMs - dueAtMs;
  if (lateMs >= DAY_MS) return `${some(Math.floor(lateMs / DAY_MS), 'day')} late`;
  return 'today';
}

/** When something will be: `in 5 hours`, `in 3 days`. */
export function aheadWords(atMs: number, nowMs: number): string {
  const leftMs = Math.max(0, atMs - nowMs);
  if (leftMs < HOUR_MS) return 'within the hour';
  if (leftMs < DAY_MS) return `in ${some(Math.round(leftMs / HOUR_MS), 'hour')}`;
  return `in ${some(Math.round(leftMs / DAY_MS), 'day')}`;
}
