import type { CacheStatus, ForwardReason } from './cache-status.ts';
import { type HttpRequest, type HttpResponse, readDirectives, secondsOf } from './http.ts';
import { type PurgeTarget, ResponseStore } from './response-store.ts';
import { reasonNotToStore, StoredResponse } from './stored-response.ts';
import { aged, deliver, validating } from './validation.ts';

export interface CacheNodeOptions {
  readonly capacityBytes: number;
  /** One request for many that ask for the same at the same time. */
  readonly collapse: boolean;
  /** Whether Cache-Control of a request counts (RFC 9111, section 5.2.1). */
  readonly obeyRequests: boolean;
}

/** What came back from further towards the origin. */
export type Outcome =
  | { readonly response: HttpResponse; readonly statuses: readonly CacheStatus[] }
  /** No answer: why, and whether it was for lack of time. */
  | { readonly problem: string; readonly timeout?: boolean };

export type NodeEffect =
  | {
      readonly do: 'answer';
      readonly ticket: number;
      readonly response: HttpResponse;
      /** The cache next to the origin first. */
      readonly statuses: readonly CacheStatus[];
    }
  /** Ask further towards the origin and report with `respond`. Nobody waits for one in the background. */
  | {
      readonly do: 'fetch';
      readonly id: number;
      readonly request: HttpRequest;
      readonly background: boolean;
    };

interface Asker {
  readonly ticket: number;
  readonly request: HttpRequest;
  readonly reason: ForwardReason;
}

interface Pending {
  readonly id: number;
  readonly url: string;
  /** Undefined for a renewal in the background. */
  readonly asker: Asker | undefined;
  readonly sent: HttpRequest;
  readonly sentAtMs: number;
  /** What is being validated, or may stand in when the origin fails. */
  readonly stored: StoredResponse | undefined;
  readonly collapsible: boolean;
  readonly waiting: Asker[];
  /** A purge came after it was sent: the answer may be older than the purge, and is not kept. */
  purged: boolean;
  readonly purgedTags: Set<string>;
}

/** Errors for which stale-if-error was made (RFC 5861, section 4). */
const SERVER_ERRORS = new Set([500, 502, 503, 504]);

/** One shared cache between clients and an origin (RFC 9111), an edge or a shield, as a state machine. */
export class CacheNode {
  readonly store: ResponseStore;
  hits = 0;
  misses = 0;
  private readonly pending = new Map<number, Pending>();
  /** Those that others may wait for, by URL. */
  private readonly shared = new Map<string, Pending>();

  constructor(
    readonly name: string,
    private readonly options: CacheNodeOptions,
    private readonly nextId: () => number,
  ) {
    this.store = new ResponseStore(options.capacityBytes);
  }

  request(request: HttpRequest, nowMs: number, ticket: number): NodeEffect[] {
    const method = request.method ?? 'GET';
    if (method !== 'GET' && method !== 'HEAD')
      return this.forward({ ticket, request, reason: 'method' }, nowMs);
    if (request.headers?.['range'] !== undefined)
      return this.forward({ ticket, request, reason: 'bypass' }, nowMs);

    const asked = readDirectives(this.options.obeyRequests ? request.headers?.['cache-control'] : undefined);
    const stored = this.store.find(request);
    if (!stored) {
      this.misses++;
      const reason = this.store.has(request.url) ? 'vary-miss' : 'uri-miss';
      if (asked.has('only-if-cached')) return [this.refuse(ticket)];
      return this.forward({ ticket, request, reason }, nowMs);
    }

    const ttlMs = stored.ttlMs(nowMs);
    const insists =
      asked.has('no-cache') ||
      stored.ageMs(nowMs) > (secondsOf(asked, 'max-age') ?? Infinity) ||
      (ttlMs > 0 && ttlMs < (secondsOf(asked, 'min-fresh') ?? 0));
    if (ttlMs > 0 && !insists && !stored.alwaysValidated) return [this.hit(ticket, request, stored, nowMs)];
    if (ttlMs <= 0 && !insists && !stored.neverStale) {
      const accepted = asked.get('max-stale');
      const tolerated = accepted === '' ? Infinity : (secondsOf(asked, 'max-stale') ?? -1);
      if (-ttlMs <= tolerated && !stored.directives.has('s-maxage'))
        return [this.hit(ticket, request, stored, nowMs, 'max-stale')];
      if (-ttlMs < stored.staleFor('stale-while-revalidate')) {
        const answer = this.hit(ticket, request, stored, nowMs, 'stale-while-revalidate');
        return [answer, ...this.renew(request, stored, nowMs)];
      }
    }
    this.misses++;
    if (asked.has('only-if-cached')) return [this.refuse(ticket)];
    const reason = insists && ttlMs > 0 ? 'request' : 'stale';
    return this.forward({ ticket, request, reason }, nowMs, stored);
  }

  /** Reports the outcome of a fetch; an id that is not pending has no effect. */
  respond(id: number, outcome: Outcome, nowMs: number): NodeEffect[] {
    const pending = this.pending.get(id);
    if (!pending) return [];
    this.pending.delete(id);
    if (this.shared.get(pending.url) === pending) this.shared.delete(pending.url);
    const failed = 'problem' in outcome || SERVER_ERRORS.has(outcome.response.status);
    if (failed) return this.fail(pending, outcome, nowMs);

    const { response, statuses } = outcome;
    const unsafe = !['GET', 'HEAD'].includes(pending.sent.method ?? 'GET');
    if (unsafe) {
      // A change that succeeded invalidates what is stored of its target (RFC 9111, section 4.4).
      if (response.status < 400) this.purge({ url: pending.url }, false, nowMs);
      return this.answerFrom(pending, response, statuses, { detail: undefined });
    }

    const validated = response.status === 304 && pending.stored !== undefined;
    const current = validated
      ? pending.stored!.freshened(response.headers, pending.sentAtMs, nowMs)
      : new StoredResponse(pending.sent, response, pending.sentAtMs, nowMs);
    const purged = pending.purged || current.tags.some((tag) => pending.purgedTags.has(tag));
    const why = reasonNotToStore(pending.sent, current.response);
    const stored = why === undefined && !purged && this.store.add(current);
    const ttlSeconds = stored ? Math.floor(current.ttlMs(nowMs) / 1000) : undefined;
    const detail = stored ? undefined : (why ?? (purged ? 'purged meanwhile' : 'too large'));
    const effects = this.answerFrom(pending, current.response, statuses, {
      forwardStatus: response.status,
      ttlSeconds,
      stored,
      detail,
    });
    for (const waiter of pending.waiting) {
      const usable = why === undefined && current.fits(waiter.request) && !current.alwaysValidated;
      if (!usable) {
        // Each for itself: in a line, they would wait for one another.
        effects.push(...this.forward(waiter, nowMs, undefined, false));
        continue;
      }
      const own = { forward: waiter.reason, forwardStatus: response.status, ttlSeconds, collapsed: true };
      effects.push(this.answer(waiter, current.response, statuses, own));
    }
    return effects;
  }

  /** @returns one response of each URL that was there; a soft purge makes them stale, so that they may stand in while they are renewed */
  purge(target: PurgeTarget, soft: boolean, nowMs: number): StoredResponse[] {
    for (const pending of this.pending.values()) {
      if ('tag' in target) pending.purgedTags.add(target.tag);
      else if ('url' in target ? pending.url === target.url : pending.url.startsWith(target.prefix))
        pending.purged = true;
      else continue;
      // Who asks from now on must not be given an answer from before.
      if (this.shared.get(pending.url) === pending) this.shared.delete(pending.url);
    }
    return this.store.purge(target, soft, nowMs);
  }

  private hit(
    ticket: number,
    request: HttpRequest,
    stored: StoredResponse,
    nowMs: number,
    detail?: string,
  ): NodeEffect {
    this.hits++;
    this.store.use(stored, nowMs);
    const ttlSeconds = Math.floor(stored.ttlMs(nowMs) / 1000);
    const status = { cache: this.name, hit: true, ttlSeconds, detail };
    return { do: 'answer', ticket, response: deliver(request, aged(stored, nowMs)), statuses: [status] };
  }

  /** 504 for only-if-cached (section 5.2.1.7). */
  private refuse(ticket: number): NodeEffect {
    const response = { status: 504, headers: {}, body: '' };
    return { do: 'answer', ticket, response, statuses: [{ cache: this.name, detail: 'only-if-cached' }] };
  }

  private forward(asker: Asker, nowMs: number, stored?: StoredResponse, mayWait = true): NodeEffect[] {
    const { request, reason } = asker;
    const collapsible =
      this.options.collapse &&
      (request.method ?? 'GET') === 'GET' &&
      ['uri-miss', 'vary-miss', 'stale'].includes(reason);
    const running = this.shared.get(request.url);
    if (collapsible && mayWait && running) {
      running.waiting.push(asker);
      return [];
    }
    return [this.fetch(request, asker, nowMs, stored, collapsible)];
  }

  /** One renewal at a time for each URL. */
  private renew(request: HttpRequest, stored: StoredResponse, nowMs: number): NodeEffect[] {
    if (this.shared.has(request.url)) return [];
    return [this.fetch(request, undefined, nowMs, stored, true)];
  }

  private fetch(
    request: HttpRequest,
    asker: Asker | undefined,
    nowMs: number,
    stored: StoredResponse | undefined,
    collapsible: boolean,
  ): NodeEffect {
    const sent =
      asker?.reason === 'method' || asker?.reason === 'bypass' ? request : validating(request, stored);
    const pending: Pending = {
      id: this.nextId(),
      url: request.url,
      asker,
      sent,
      sentAtMs: nowMs,
      stored,
      collapsible,
      waiting: [],
      purged: false,
      purgedTags: new Set(),
    };
    this.pending.set(pending.id, pending);
    if (collapsible && !this.shared.has(request.url)) this.shared.set(request.url, pending);
    return { do: 'fetch', id: pending.id, request: sent, background: asker === undefined };
  }

  /** The origin failed: what is stored stands in if it may, for all that wait. */
  private fail(pending: Pending, outcome: Outcome, nowMs: number): NodeEffect[] {
    const effects: NodeEffect[] = [];
    for (const asker of [pending.asker, ...pending.waiting]) {
      if (!asker) continue;
      const stored = this.store.find(asker.request);
      const askedMs =
        secondsOf(readDirectives(asker.request.headers?.['cache-control']), 'stale-if-error') ?? 0;
      const staleMs = stored ? Math.max(0, -stored.ttlMs(nowMs)) : Infinity;
      const forwardStatus = 'response' in outcome ? outcome.response.status : undefined;
      const own: Partial<CacheStatus> = {
        forward: asker.reason,
        forwardStatus,
        collapsed: asker !== pending.asker || undefined,
      };
      const allowedMs =
        stored && Math.max(stored.staleFor('stale-if-error'), stored.neverStale ? 0 : askedMs);
      if (stored && allowedMs! > 0 && staleMs <= allowedMs! && asker.reason !== 'request') {
        this.store.use(stored, nowMs);
        const ttlSeconds = Math.floor(stored.ttlMs(nowMs) / 1000);
        const statuses = 'statuses' in outcome ? outcome.statuses : [];
        effects.push(
          this.answer(asker, aged(stored, nowMs), statuses, { ...own, ttlSeconds, detail: 'stale-if-error' }),
        );
      } else if ('response' in outcome) {
        effects.push(this.answer(asker, outcome.response, outcome.statuses, own));
      } else {
        const response = { status: outcome.timeout ? 504 : 502, headers: {}, body: '' };
        effects.push(this.answer(asker, response, [], { ...own, detail: outcome.problem }));
      }
    }
    return effects;
  }

  private answerFrom(
    pending: Pending,
    response: HttpResponse,
    statuses: readonly CacheStatus[],
    own: Partial<CacheStatus>,
  ): NodeEffect[] {
    if (!pending.asker) return [];
    const forwardStatus = own.forwardStatus ?? response.status;
    return [
      this.answer(pending.asker, response, statuses, {
        forward: pending.asker.reason,
        ...own,
        forwardStatus,
      }),
    ];
  }

  private answer(
    { ticket, request }: Asker,
    response: HttpResponse,
    statuses: readonly CacheStatus[],
    own: Partial<CacheStatus>,
  ): NodeEffect {
    const all = [...statuses, { cache: this.name, ...own }];
    return { do: 'answer', ticket, response: deliver(request, response), statuses: all };
  }
}
