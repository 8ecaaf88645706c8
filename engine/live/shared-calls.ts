interface Flight<R> {
  readonly result: Promise<R>;
  readonly controller: AbortController;
  callers: number;
}

/**
 * Identical requests that are under way share one call and its result (L5). Nothing is kept once the call has ended: that would be a
 * cache, with ages and limits. An error is shared as well.
 */
export class SharedCalls<R> {
  /** Requests in all, and those of them that joined a call of another. */
  readonly counts = { asked: 0, joined: 0 };
  private readonly flights = new Map<string, Flight<R>>();

  /** Calls under way. */
  get size(): number {
    return this.flights.size;
  }

  /**
   * The result of the call under way for this key, or of a new one.
   * @param signal the caller leaves: its promise is rejected with the reason. The call goes on for the others, and is aborted when
   * the last one has left.
   */
  ask(key: string, call: (signal: AbortSignal) => Promise<R>, signal?: AbortSignal): Promise<R> {
    if (signal?.aborted) return Promise.reject(signal.reason as Error);
    this.counts.asked++;
    const known = this.flights.get(key);
    if (known) this.counts.joined++;
    const flight = known ?? this.start(key, call);
    flight.callers++;
    if (!signal) return flight.result;
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        reject(signal.reason as Error);
        if (--flight.callers > 0) return;
        // Whoever asks now wants an answer, and must not join what is being given up.
        this.end(key, flight);
        flight.controller.abort(signal.reason);
      };
      signal.addEventListener('abort', leave, { once: true });
      flight.result.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
    });
  }

  private start(key: string, call: (signal: AbortSignal) => Promise<R>): Flight<R> {
    const controller = new AbortController();
    const result = (async () => call(controller.signal))();
    const flight: Flight<R> = { result, controller, callers: 0 };
    this.flights.set(key, flight);
    const ended = (): void => this.end(key, flight);
    result.then(ended, ended);
    return flight;
  }

  private end(key: string, flight: Flight<R>): void {
    if (this.flights.get(key) === flight) this.flights.delete(key);
  }
}
