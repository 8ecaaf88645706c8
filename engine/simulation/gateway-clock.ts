import { parseClock } from '../core/clock.ts';
import { msOfDayAt, windowAt } from '../cost/calendar.ts';
import type { GatewayClock } from '../gateway/gateway.ts';
import type { Scenario } from './scenario.ts';

const DAY_MS = 86_400_000;

/** The calendar of a run: `startsAt` on `startDate`, by the wall clock of the gateway's zone. */
export function gatewayClock(scenario: Pick<Scenario, 'startDate' | 'startsAt' | 'gateway'>): GatewayClock {
  const zone = scenario.gateway?.timeZone ?? 'UTC';
  const noonMs = Date.parse(`${scenario.startDate}T12:00:00Z`);
  const midnightMs = windowAt('day', zone, noonMs).startMs;
  const originMs = midnightMs + ((parseClock(scenario.startsAt, 'startsAt') * 1000) % DAY_MS);
  return {
    // Whole milliseconds: a time since 1970 has no room for the fractions that times of a run have.
    epochMs: (nowMs) => originMs + Math.floor(nowMs),
    msOfDay: (epochMs) => msOfDayAt(zone, epochMs),
  };
}
