/**
 * What one request of a run went through, span by span. Plain data: it crosses a thread boundary.
 *
 * Spans of one copy of one try follow each other without gap or overlap, so those of a request, with parallel copies merged, add up
 * to its response time. A span of no length is something that happened at a moment.
 */

/** A request by its number in the run, from 1 in the order of arrival. Renewals of cache entries count −1, −2 and so on. */
export interface RequestRef {
  id: number;
  arrivedAtMs: number;
}

/** Why a try, or what it wanted of a tier, came to nothing. */
export type FailureCause =
  /** Its time-out, or the deadline of the whole request. */
  | 'timeout'
  | 'deadline'
  /** The station: its queue was full, it shed by criticality, its limit was reached, the replica failed. */
  | 'full'
  | 'shed'
  | 'limit'
  | 'replica'
  /** Taken out of the queue: patience over, CoDel, too late for every caller, flushed by the operator, cancelled. */
  | 'patience'
  | 'codel'
  | 'tooLate'
  | 'flushed'
  | 'cancelled'
  | 'breaker'
  | 'lookupTimeout'
  | 'connection timedOut'
  | 'connection refused'
  | 'connection reset'
  | 'batch missing'
  | 'batch failed'
  /** The gateway would not have it served. */
  | 'budget'
  | 'measures'
  | 'rule'
  | 'input'
  /** Its instance ran out of memory and began anew. */
  | 'memory'
  /** Turned away before it was let in. */
  | 'door'
  | 'refused';

/** What a station that refused was like. */
export interface StationState {
  waiting: number;
  busy: number;
  /** Infinity: as many as are needed. */
  servers: number;
  /** The concurrency limit in force; null: none. */
  limit: number | null;
}

/** What comes after a try that failed; otherwise why nothing does. */
export type NextTry = 'retry' | 'triesUsed' | 'budget' | 'deadline' | 'never';

export type SpanDetail =
  | { kind: 'turnedAway' }
  /** A lookup in a tier that answers without a queue. `promotedTo`: tiers that got a copy of what was found. */
  | { kind: 'probe'; tier: string; found: 'hit' | 'miss' | 'expired' | 'off'; promotedTo: string[] }
  | { kind: 'travel'; to: string }
  /** Its instance stood still. */
  | { kind: 'paused'; instance: number; answer: boolean }
  | { kind: 'connection'; station: string }
  | { kind: 'handshake'; station: string }
  /** Until its batch was sent; `with`: the other requests in it. */
  | { kind: 'window'; station: string; with: number[] }
  /** The gateway keeps it back, for a batch or for cheap hours. */
  | { kind: 'held'; why: 'batch' | 'off-peak'; untilMs: number }
  /**
   * `ahead`: calls that stood before it, `dead` of them for callers who had left. `gate`: outside, until the limit had room.
   * `replica` from 1; null: the station has none.
   */
  | {
      kind: 'queue';
      station: string;
      replica: number | null;
      gate: boolean;
      ahead: number;
      dead: number;
      busy: number;
      servers: number;
      newestFirst: boolean;
    }
  /** `members`: requests in the call. `found`: what the tier had whose lookups the station serves. */
  | {
      kind: 'service';
      station: string;
      replica: number | null;
      members: number;
      found: 'hit' | 'miss' | 'expired' | null;
    }
  /** It waited for the same answer, which another request had asked for already; null: an earlier try of its own. */
  | { kind: 'joined'; station: string; owner: RequestRef | null }
  /** Its call was thrown away and nobody was told. */
  | { kind: 'lost'; station: string }
  /** Between two tries. */
  | { kind: 'backoff' }
  // What happens at a moment.
  | { kind: 'hedge'; station: string }
  | {
      kind: 'choice';
      model: string;
      station: string;
      reservedUsd: number;
      cachedTokens: number;
      /** Of the list price. */
      priceShare: number;
      rule: string | null;
      warning: string | null;
      escalated: boolean;
      with: number[];
    }
  | {
      kind: 'failure';
      cause: FailureCause;
      where: string | null;
      state: StationState | null;
      /** Of a breaker that refused. */
      breaker: 'open' | 'half-open' | null;
      next: NextTry;
    }
  /** The lookup of a tier failed, and counts as a miss. */
  | { kind: 'passedBy'; tier: string; cause: FailureCause }
  /** The answer was written to these tiers. */
  | { kind: 'fill'; tiers: string[] }
  /** What it found was near its end: a request of its own fetches it anew. */
  | { kind: 'renewal'; tier: string; renewal: number }
  /**
   * Its call goes on though nobody waits for it: in service to its end, or waiting until it is served for nobody, which is not traced any
   * more and costs `owedUsd`. Null: what it costs is among the costs as soon as it is paid.
   */
  | { kind: 'deadWork'; station: string; inService: boolean; owedUsd: number | null };

export interface SpanTimes {
  fromMs: number;
  toMs: number;
  /** Of the tries, from 1; 0: before the first. */
  attempt: number;
  /** 2: the hedge. */
  copy: 1 | 2;
  /** left: its caller did not wait for the end. cancelled: the other copy was first. open: the trace ends before it. */
  end: 'done' | 'left' | 'cancelled' | 'open';
}
export type TraceSpan = SpanTimes & SpanDetail;

/** Something paid for the request; also after its end, when work went on for nobody. */
export interface TraceCost {
  atMs: number;
  /** The station, or the model. */
  of: string;
  /** Whole pico-dollars. */
  pico: number;
  /** Null for a call that is priced as a whole. */
  tokens: { input: number; cached: number; cacheWrite: number; output: number } | null;
}

export type TraceOutcome =
  /** `by`: the tier, the station or the model. */
  | { kind: 'answered'; by: string; how: 'tier' | 'station' | 'model' | 'origin' }
  | { kind: 'failed'; cause: FailureCause }
  | { kind: 'underWay' };

/** Whose request it is. */
export interface Asker {
  key: number;
  /** From 0. */
  instance: number;
  /** 0 is the most urgent. */
  priority: number;
  /** Class of the load, or criticality; null: there is one class. */
  className: string | null;
  /** Null where requests are all alike. */
  agent: {
    name: string;
    tenant: string;
    conversation: number;
    turn: number;
    inputTokens: number;
    outputTokens: number;
  } | null;
}

export interface RequestTrace extends RequestRef, Asker {
  /** background: nobody waits for its answer. renewal: it fetches a cache entry anew. */
  kind: 'request' | 'background' | 'renewal';
  /** Null while it is under way. */
  endedAtMs: number | null;
  outcome: TraceOutcome;
  tries: number;
  /** By their beginnings. */
  spans: TraceSpan[];
  costs: TraceCost[];
  /** Requests whose calls it joined, and those that joined its calls or shared a batch with it. */
  waitedFor: RequestRef[];
  joinedBy: number[];
}

/** The requests that arrived in a stretch of a run. */
export interface TraceWindow {
  fromMs: number;
  toMs: number;
  /** Simulated up to here, to see the requests end. */
  untilMs: number;
  /** By arrival. */
  traces: RequestTrace[];
  /** More arrived than were traced. */
  truncated: boolean;
  /** Paid in the stretch for calls of callers long gone, whose requests nobody can tell any more. */
  forgottenPico: number;
}
