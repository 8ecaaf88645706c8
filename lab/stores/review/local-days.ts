/**
 * Days as learners live them: from four in the morning, so that an evening that goes past midnight is one day, and what comes back
 * "tomorrow" comes back after sleep. Numbers of days grow by one a day; 0 is 1 January 1970.
 */
export interface LocalDays {
  /** The day that a time lies in. @param atMs since 1970 */
  dayOf(atMs: number): number;
  /** When a day begins, in milliseconds since 1970. */
  startMs(day: number): number;
}

const DAY_MS = 86_400_000;
const BEGINS_AT_HOUR = 4;

/** In the time zone of this computer, with its summer time. */
export const localDays: LocalDays = {
  dayOf(atMs) {
    const at = new Date(atMs);
    const date = Date.UTC(at.getFullYear(), at.getMonth(), at.getDate()) / DAY_MS;
    return at.getHours() < BEGINS_AT_HOUR ? date - 1 : date;
  },
  startMs(day) {
    const date = new Date(day * DAY_MS);
    return new Date(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), BEGINS_AT_HOUR).getTime();
  },
};
