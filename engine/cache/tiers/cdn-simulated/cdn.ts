import { CacheNode, type NodeEffect, type Outcome } from './cache-node.ts';
import { type CacheStatus, cacheStatusField } from './cache-status.ts';
import type { HttpRequest, HttpResponse } from './http.ts';
import type { PurgeTarget } from './response-store.ts';
import type { StoredResponse } from './stored-response.ts';

export interface CdnOptions {
  /** Names of the regional edges. */
  readonly edges: readonly string[];
  /** A cache between the edges and the origin, so that the origin is asked once and not once for each region. */
  readonly shield?: string;
  /** Of each edge and of the shield, bytes. Default 64 MiB. */
  readonly capacityBytes?: number;
  /** Default true: one request for many that ask for the same at the same time. */
  readonly collapse?: boolean;
  /** Default true: Cache-Control of a request counts, as RFC 9111 has it. Many networks ignore it. */
  readonly obeyRequests?: boolean;
}

export interface CdnAnswer {
  readonly response: HttpResponse;
  /** How each cache on the way handled it, the one next to the origin first; as text in the field `cache-status`. */
  readonly statuses: readonly CacheStatus[];
}

/** A request to the origin. Report its outcome with `respond`. */
export interface CdnFetch {
  readonly id: number;
  readonly request: HttpRequest;
  /** A renewal that nobody waits for. */
  readonly background: boolean;
}

export interface CdnStep {
  /** Those who have their answer now. */
  readonly answers: readonly { readonly ticket: number; readonly answer: CdnAnswer }[];
  /** What has to be asked of the origin. */
  readonly fetches: readonly CdnFetch[];
}

/** The origin's answer, or why there is none. */
export type OriginOutcome =
  { readonly response: HttpResponse } | { readonly problem: string; readonly timeout?: boolean };

export interface PurgeOptions {
  /** Stale and not gone: it may still stand in while it is renewed, or when the origin fails. */
  readonly soft?: boolean;
  /** Edges to purge; the shield is purged in any case. Default all. */
  readonly edges?: readonly string[];
}

/**
 * A content delivery network as a synchronous state machine: regional edges, and optionally a shield, each a shared HTTP
 * cache of its own. Sources: RFC 9111 (freshness, validation, Vary), RFC 5861 (stale-while-revalidate, stale-if-error),
 * RFC 9211 (Cache-Status). Time is Unix time in ms and is passed in. There is no guessed freshness.
 */
export class Cdn {
  private readonly edges = new Map<string, CacheNode>();
  private readonly shield: CacheNode | undefined;
  private lastId = 0;
  /** Whose fetch an id is. */
  private readonly owners = new Map<number, CacheNode>();
  /** Ticket at the shield → the edge's fetch that waits for it. */
  private readonly relayed = new Map<number, number>();

  constructor(options: CdnOptions) {
    const { capacityBytes = 64 * 1024 * 1024, collapse = true, obeyRequests = true } = options;
    const node = (name: string): CacheNode =>
      new CacheNode(name, { capacityBytes, collapse, obeyRequests }, () => ++this.lastId);
    for (const name of options.edges) this.edges.set(name, node(name));
    if (options.shield !== undefined) this.shield = node(options.shield);
  }

  /**
   * A client's request at an edge. With `answer`, it is answered. With `fetch`, the origin has to be asked, by the way when
   * there is an answer (renewal in the background). With neither, it waits for another request's fetch.
   * @throws Error when there is no such edge
   */
  request(
    edge: string,
    request: HttpRequest,
    nowMs: number,
  ): { readonly ticket: number; readonly answer?: CdnAnswer; readonly fetch?: CdnFetch } {
    const ticket = ++this.lastId;
    const node = this.edge(edge);
    const { answers, fetches } = this.settle(node, node.request(request, nowMs, ticket), nowMs);
    return {
      ticket,
      answer: answers.find((answered) => answered.ticket === ticket)?.answer,
      fetch: fetches[0],
    };
  }

  /**
   * Reports what became of a fetch. The answers are for the tickets of all who waited for it; further fetches follow when
   * it could not serve them all. An unknown id has no effect.
   */
  respond(fetchId: number, outcome: OriginOutcome, nowMs: number): CdnStep {
    const node = this.owners.get(fetchId);
    if (!node) return { answers: [], fetches: [] };
    this.owners.delete(fetchId);
    const seen: Outcome = 'response' in outcome ? { ...outcome, statuses: [] } : outcome;
    return this.settle(node, node.respond(fetchId, seen, nowMs), nowMs);
  }

  /**
   * Responses on their way are not kept either, if they may be from before.
   * @returns one response of each URL that was found anywhere
   */
  purge(target: PurgeTarget, nowMs: number, { soft = false, edges }: PurgeOptions = {}): StoredResponse[] {
    const nodes = [...(edges ?? this.edges.keys())].map((name) => this.edge(name));
    const found = new Map<string, StoredResponse>();
    for (const node of this.shield ? [this.shield, ...nodes] : nodes)
      for (const stored of node.purge(target, soft, nowMs)) found.set(stored.request.url, stored);
    return [...found.values()];
  }

  /** What an edge holds, most recently used first. */
  contents(edge: string): StoredResponse[] {
    return this.edge(edge).store.recent();
  }

  figures(edge: string): {
    urls: number;
    sizeBytes: number;
    hits: number;
    misses: number;
    evictions: number;
  } {
    const { store, hits, misses } = this.edge(edge);
    return { urls: store.urls, sizeBytes: store.sizeBytes, hits, misses, evictions: store.evictions };
  }

  private edge(name: string): CacheNode {
    const node = this.edges.get(name);
    if (!node) throw new Error(`No edge "${name}". There are: ${[...this.edges.keys()].join(', ')}.`);
    return node;
  }

  /** Carries the effects of a cache on: from the edge to the shield, from there to the origin, and answers back. */
  private settle(node: CacheNode, effects: readonly NodeEffect[], nowMs: number): CdnStep {
    const answers: { ticket: number; answer: CdnAnswer }[] = [];
    const fetches: CdnFetch[] = [];
    const work = effects.map((effect) => ({ node, effect }));
    for (let next = work.shift(); next; next = work.shift()) {
      const { node: at, effect } = next;
      const add = (from: CacheNode, more: readonly NodeEffect[]): void => {
        work.push(...more.map((one) => ({ node: from, effect: one })));
      };
      if (effect.do === 'fetch') {
        const { id, request, background } = effect;
        this.owners.set(id, at);
        if (this.shield && at !== this.shield) {
          const ticket = ++this.lastId;
          this.relayed.set(ticket, id);
          add(this.shield, this.shield.request(request, nowMs, ticket));
        } else fetches.push({ id, request, background });
        continue;
      }
      const { ticket, response, statuses } = effect;
      const waiting = this.relayed.get(ticket);
      if (waiting === undefined) {
        const headers = { ...response.headers, 'cache-status': cacheStatusField(statuses) };
        answers.push({ ticket, answer: { response: { ...response, headers }, statuses } });
        continue;
      }
      this.relayed.delete(ticket);
      const edge = this.owners.get(waiting)!;
      this.owners.delete(waiting);
      add(edge, edge.respond(waiting, { response, statuses }, nowMs));
    }
    return { answers, fetches };
  }
}
