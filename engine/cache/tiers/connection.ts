import { TierError, type TierOptions } from './tier.ts';

/** `refusing`: connections are refused at once. `hanging`: what is sent is neither answered nor refused. */
export type ConnectionState = 'up' | 'refusing' | 'hanging';

/** The way to a simulated tier, which can be broken by a switch. */
export class Connection {
  private current: ConnectionState = 'up';
  /** Requests that hang, each with what to do when the way is clear or breaks. */
  private readonly hanging = new Set<{ pass: (nowMs: number) => void; fail: () => void }>();

  /** @param tier for errors */
  constructor(private readonly tier: string) {}

  get state(): ConnectionState {
    return this.current;
  }

  /** Requests that hang go through when it comes up, and fail when it breaks. */
  setState(state: ConnectionState, nowMs: number): void {
    this.current = state;
    if (state === 'hanging') return;
    for (const request of [...this.hanging]) {
      if (state === 'up') request.pass(nowMs);
      else request.fail();
    }
  }

  /** For good: all later requests are refused. */
  close(): void {
    this.setState('refusing', 0);
  }

  /**
   * Resolves with the time at which the request gets through, ms.
   * Rejects with a TierError `unreachable`, or with the reason of the caller's signal.
   */
  async pass({ nowMs, signal }: TierOptions): Promise<number> {
    signal?.throwIfAborted();
    if (this.current === 'up') return nowMs;
    if (this.current === 'refusing') throw this.refusal();
    return new Promise((resolve, reject) => {
      const settle = (then: () => void): void => {
        this.hanging.delete(request);
        signal?.removeEventListener('abort', onAbort);
        then();
      };
      const request = {
        pass: (laterMs: number) => settle(() => resolve(laterMs)),
        fail: () => settle(() => reject(this.refusal())),
      };
      const onAbort = (): void => settle(() => reject(signal!.reason));
      this.hanging.add(request);
      signal?.addEventListener('abort', onAbort);
    });
  }

  private refusal(): TierError {
    return new TierError(this.tier, 'unreachable', 'the connection was refused');
  }
}
