import type { PicoUsd } from '../cost/money.ts';
import type {
  Asker,
  FailureCause,
  NextTry,
  RequestRef,
  RequestTrace,
  SpanDetail,
  StationState,
  TraceCost,
  TraceOutcome,
  TraceSpan,
} from './request-trace.ts';
import type { Look } from './request-trace-walk.ts';

type Copy = 1 | 2;
type SpanOf<Kind extends SpanDetail['kind']> = Extract<TraceSpan, { kind: Kind }>;

/** Why something was not had, as long as it is not known what that means for the try. */
interface Trouble {
  cause: FailureCause;
  where: string | null;
  state: StationState | null;
  breaker: 'open' | 'half-open' | null;
}
const UNKNOWN: Trouble = { cause: 'refused', where: null, state: null, breaker: null };

/** The trace of one request while it is on its way. Each copy of a try has at most one span open; the next one closes it. */
export class TraceBuilder {
  attempts = 0;
  /** The try that goes as the second copy of the present one, or −1. */
  twin = -1;
  readonly waitedFor: RequestRef[] = [];
  readonly joinedBy = new Set<number>();
  private why: Trouble = UNKNOWN;
  private endedAtMs: number | null = null;
  private outcome: TraceOutcome = { kind: 'underWay' };
  private readonly spans: TraceSpan[] = [];
  private readonly costs: TraceCost[] = [];
  private readonly open: [TraceSpan | null, TraceSpan | null] = [null, null];

  constructor(
    readonly id: number,
    readonly kind: RequestTrace['kind'],
    readonly arrivedAtMs: number,
    private readonly asker: Asker,
  ) {}

  /** Why the last thing that it did not get was not had. */
  get trouble(): Trouble {
    return this.why;
  }

  lacks(
    cause: FailureCause,
    where: string | null,
    state: StationState | null = null,
    breaker: Trouble['breaker'] = null,
  ): void {
    this.why = { cause, where, state, breaker };
  }

  get isOver(): boolean {
    return this.endedAtMs !== null;
  }

  beginsTry(): void {
    this.attempts++;
    this.twin = -1;
    this.why = UNKNOWN;
  }

  /** From now on, until something else is. */
  begin(copy: Copy, nowMs: number, detail: SpanDetail): void {
    this.close(copy, nowMs);
    this.open[copy - 1] = this.put(copy, nowMs, nowMs, detail);
  }

  /** A span whose end is known. */
  put(copy: Copy, fromMs: number, toMs: number, detail: SpanDetail): TraceSpan {
    const span: TraceSpan = { fromMs, toMs, attempt: this.attempts, copy, end: 'done', ...detail };
    this.spans.push(span);
    return span;
  }

  mark(copy: Copy, nowMs: number, detail: SpanDetail): void {
    this.put(copy, nowMs, nowMs, detail);
  }

  close(copy: Copy, nowMs: number, end: TraceSpan['end'] = 'done'): void {
    const span = this.open[copy - 1];
    this.open[copy - 1] = null;
    if (!span) return;
    span.toMs = nowMs;
    span.end = end;
    // A connection that was free, or a loss that was told at once, is no wait.
    if (nowMs === span.fromMs && (span.kind === 'connection' || span.kind === 'lost'))
      this.spans.splice(this.spans.lastIndexOf(span), 1);
  }

  /** Both copies come to their end, whatever they are at. */
  cut(nowMs: number, end: 'done' | 'left'): void {
    this.close(1, nowMs, end);
    this.close(2, nowMs, end);
    for (let i = this.spans.length - 1; i >= 0; i--) {
      const span = this.spans[i]!;
      if (span.fromMs > nowMs) this.spans.splice(i, 1);
      else if (span.toMs > nowMs) {
        span.toMs = nowMs;
        span.end = end;
      }
    }
  }

  isWaiting(copy: Copy, kind: SpanDetail['kind']): boolean {
    return this.open[copy - 1]?.kind === kind;
  }

  /** The newest span of that kind. */
  last<Kind extends SpanDetail['kind']>(kind: Kind, copy?: Copy): SpanOf<Kind> | undefined {
    return this.spans.findLast(
      (span): span is SpanOf<Kind> => span.kind === kind && (copy === undefined || span.copy === copy),
    );
  }

  /** What it last worked on or waited for at a station. */
  get lastWork(): SpanOf<'service' | 'joined'> | undefined {
    return this.spans.findLast(
      (span): span is SpanOf<'service' | 'joined'> => span.kind === 'service' || span.kind === 'joined',
    );
  }

  /** Lookups one after the other, the first at `nowMs`. */
  addLooks(looks: readonly Look[], nowMs: number): void {
    let atMs = nowMs;
    for (const { tier, found, tookMs, promotedTo } of looks) {
      this.put(1, atMs, atMs + tookMs, { kind: 'probe', tier, found, promotedTo });
      atMs += tookMs;
    }
  }

  fail(next: NextTry, nowMs: number): void {
    this.mark(1, nowMs, { kind: 'failure', ...this.why, next });
  }

  addCost(of: string, pico: PicoUsd, atMs: number, tokens: TraceCost['tokens'] = null): void {
    this.costs.push({ atMs, of, pico, tokens });
  }

  finish(outcome: TraceOutcome, nowMs: number): void {
    this.cut(nowMs, outcome.kind === 'failed' ? 'left' : 'done');
    this.endedAtMs = nowMs;
    this.outcome = outcome;
  }

  /** What there is of it. */
  trace(nowMs: number): RequestTrace {
    const { id, kind, arrivedAtMs, endedAtMs, outcome, attempts, waitedFor } = this;
    // Lookups and ways are put down when they begin, together with what comes after them.
    const begun = this.spans.filter((span) => span.fromMs <= nowMs || endedAtMs !== null);
    const spans = begun.map((span): TraceSpan => {
      const isOpen = this.open.includes(span) || (endedAtMs === null && span.toMs > nowMs);
      return isOpen ? { ...span, toMs: nowMs, end: 'open' } : { ...span };
    });
    spans.sort((a, b) => a.fromMs - b.fromMs);
    const joinedBy = [...this.joinedBy].sort((a, b) => a - b);
    return {
      ...{ id, kind, arrivedAtMs, endedAtMs, outcome, tries: attempts },
      ...this.asker,
      ...{ spans, costs: [...this.costs], waitedFor: [...waitedFor], joinedBy },
    };
  }
}
