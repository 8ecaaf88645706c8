import type { Calls } from './calls.ts';
import { NONE } from './calls.ts';
import type { StationState } from './request-trace.ts';
import type { Station } from './station.ts';
import type { StationPart } from './station-part.ts';

/** Calls that stand before one that is about to join the queue, and those of them that nobody waits for. */
export function whoStandsBefore(
  station: Station,
  place: StationPart,
  call: number,
  calls: Calls,
): { ahead: number; dead: number } {
  const priority = calls.priority[call]!;
  const { waiting, dead } = place.before(priority);
  if (station.forsaken === 0) return { ahead: waiting, dead };
  // Dead work that somebody may still join has kept its identity, and must be looked for.
  const forsaken = place
    .identified()
    .filter((other) => calls.first[other] === NONE && calls.priority[other]! <= priority).length;
  return { ahead: waiting, dead: dead + forsaken };
}

/** What a station is like when it refuses. */
export function stateOf(station: Station): StationState {
  const limit = station.door?.limitNow ?? NaN;
  const { waiting, busy, servers } = station;
  return { waiting, busy, servers, limit: Number.isNaN(limit) ? null : limit };
}
