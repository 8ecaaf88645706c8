import type { Outcome } from '../tuning/outcome.ts';
import type { TrialRequest } from '../tuning/trial.ts';
import type { Claim } from './claim.ts';
import { evaluate, keyOf, requestsOf, type ClaimResult } from './evaluate.ts';

export interface ClaimsTrial {
  readonly request: TrialRequest;
  readonly key: string;
}

/**
 * The runs that some claims want, each once, and what has come of them. It runs nothing itself: somebody takes trials and brings their outcomes, in
 * any order (runner/trial-runner.ts does). Claims share runs: what one asked for is there for the others.
 */
export class ClaimsRun {
  private readonly outcomes = new Map<string, Outcome>();
  private readonly failures = new Map<string, string>();
  /** Every run of the board, with all the figures that any claim asks of it. */
  private readonly requests = new Map<string, TrialRequest>();
  private readonly keys = new Map<string, readonly string[]>();
  private waiting: string[] = [];
  /** Waiting, or under way. */
  private readonly wanted = new Set<string>();

  constructor(readonly claims: readonly Claim[]) {
    for (const claim of claims) {
      const requests = requestsOf(claim);
      this.keys.set(claim.id, [...new Set(requests.map(keyOf))]);
      for (const request of requests) {
        const key = keyOf(request);
        const figures = [...(this.requests.get(key)?.figures ?? []), ...(request.figures ?? [])];
        this.requests.set(key, { ...request, figures: [...new Set(figures)] });
      }
    }
  }

  /** Wants the runs of these claims that are not there yet, failed ones again. Returns how many those are. */
  want(claims: readonly Claim[]): number {
    const missing = this.missing(claims).filter((key) => !this.wanted.has(key));
    for (const key of missing) {
      this.wanted.add(key);
      this.failures.delete(key);
    }
    this.waiting.push(...missing);
    return missing.length;
  }

  /** Wants nothing any more. What was done is kept. */
  forgetWanted(): void {
    this.waiting = [];
    this.wanted.clear();
  }

  next(): ClaimsTrial | null {
    const key = this.waiting.shift();
    return key === undefined ? null : { request: this.requests.get(key)!, key };
  }

  done({ key }: ClaimsTrial, outcome: Outcome): void {
    this.outcomes.set(key, outcome);
    this.wanted.delete(key);
  }

  /** The claims that want it have no result; the others go on. */
  failed({ key }: ClaimsTrial, { message }: Error): boolean {
    this.failures.set(key, message);
    this.wanted.delete(key);
    return true;
  }

  /** A trial that was taken will not be finished; it comes next again, if it is still wanted. */
  release({ key }: ClaimsTrial): void {
    if (this.wanted.has(key)) this.waiting.unshift(key);
  }

  /** How many runs a claim has of those that it needs; `wanted` while some of them are to come. */
  progress({ id }: Claim): { done: number; of: number; wanted: boolean } {
    const keys = this.keys.get(id) ?? [];
    return {
      done: keys.filter((key) => this.outcomes.has(key)).length,
      of: keys.length,
      wanted: keys.some((key) => this.wanted.has(key)),
    };
  }

  /** Why a run of the claim failed; undefined when none did. */
  failureOf({ id }: Claim): string | undefined {
    const key = this.keys.get(id)?.find((one) => this.failures.has(one));
    return key === undefined ? undefined : this.failures.get(key);
  }

  /** Runs that these claims need and that have not been made. */
  missingRequests(claims: readonly Claim[]): TrialRequest[] {
    return this.missing(claims).map((key) => this.requests.get(key)!);
  }

  /** Null as long as a run is missing. @throws InputError when a run lacks what the claim asks of it. */
  result(claim: Claim): ClaimResult | null {
    if (this.missing([claim]).length > 0) return null;
    return evaluate(claim, (key) => this.outcomes.get(key));
  }

  private missing(claims: readonly Claim[]): string[] {
    const keys = new Set(claims.flatMap(({ id }) => this.keys.get(id) ?? []));
    return [...keys].filter((key) => !this.outcomes.has(key));
  }
}
