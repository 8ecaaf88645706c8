import type { BreakerState } from '../latency/circuit-breaker.ts';
import type { Guard } from './guard.ts';

/** What a run reports of what callers do at a station, where it is configured, from the end of the warm-up. */
export interface GuardReport {
  /** State at the end, null while it is off; times it opened; tries that found it open. */
  breaker?: { state: BreakerState | null; opened: number; refused: number };
  /** Calls without their second copies; copies sent, and those that answered first. */
  hedge?: { calls: number; sent: number; won: number; extraShare: number };
  connections?: {
    requests: number;
    reusedShare: number;
    /** Handshakes begun, and what they took in all. */
    opened: number;
    handshakeMs: { dns: number; tcp: number; tls: number };
    /** Calls that waited for a connection, and for how long on average. */
    waits: number;
    meanWaitMs: number;
    timedOut: number;
    refused: number;
    races: number;
  };
  batch?: {
    batches: number;
    meanSize: number;
    /** Mean time in the window. */
    meanWaitMs: number;
    missing: number;
    individually: number;
    misplaced: number;
  };
}

export function guardReport(guard: Guard, nowMs: number): GuardReport {
  guard.count();
  const report: GuardReport = {};
  const { refused, opened, calls, sent, won } = guard.tally.sinceMark();
  if (guard.has.breaker) report.breaker = { state: guard.breaker?.state(nowMs) ?? null, opened, refused };
  if (guard.has.hedge) report.hedge = { calls, sent, won, extraShare: per(sent, calls) };
  if (guard.connections) {
    const c = guard.connections.tally.sinceMark();
    report.connections = {
      requests: c.requests,
      reusedShare: per(c.reused, c.requests),
      opened: c.opened,
      handshakeMs: { dns: c.dnsMs, tcp: c.tcpMs, tls: c.tlsMs },
      waits: c.waits,
      meanWaitMs: per(c.waitMs, c.waits),
      timedOut: c.timedOut,
      refused: c.refused,
      races: c.races,
    };
  }
  if (guard.batch) {
    const { batches, items, waitedMs, ...faults } = guard.batch.tally.sinceMark();
    report.batch = {
      batches,
      meanSize: per(items, batches),
      meanWaitMs: per(waitedMs, items),
      ...faults,
    };
  }
  return report;
}

function per(sum: number, n: number): number {
  return n > 0 ? sum / n : 0;
}
