import { describe, expect, it, vi } from 'vitest';
import { SharedCalls } from './shared-calls.ts';

/** A call that the test ends. */
function pending() {
  let settle!: { resolve(value: string): void; reject(error: Error): void };
  let seen!: AbortSignal;
  const call = vi.fn((signal: AbortSignal) => {
    seen = signal;
    return new Promise<string>((resolve, reject) => (settle = { resolve, reject }));
  });
  return { call, end: () => settle, signal: () => seen };
}

describe('identical requests', () => {
  it('share one call while it is under way, and not afterwards', async () => {
    const shared = new SharedCalls<string>();
    const { call, end } = pending();
    const answers = [shared.ask('a', call), shared.ask('a', call), shared.ask('b', async () => 'other')];
    expect(call).toHaveBeenCalledTimes(1);
    end().resolve('one');
    expect(await Promise.all(answers)).toEqual(['one', 'one', 'other']);
    expect(shared.counts).toEqual({ asked: 3, joined: 1 });
    expect(shared.size).toBe(0);
    expect(await shared.ask('a', async () => 'two')).toBe('two');
  });

  it('share its error, be it thrown or a rejection', async () => {
    const shared = new SharedCalls<string>();
    const thrown = () => {
      throw new Error('no');
    };
    const both = [shared.ask('a', thrown), shared.ask('a', thrown)];
    expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(shared.size).toBe(0);
  });

  it('go on for the others when one leaves; the last one out aborts the call', async () => {
    const shared = new SharedCalls<string>();
    const { call, signal, end } = pending();
    const [one, two] = [new AbortController(), new AbortController()];
    const answers = [shared.ask('a', call, one.signal), shared.ask('a', call, two.signal)];
    const seen = Promise.allSettled(answers);
    one.abort('gone');
    expect(signal().aborted).toBe(false);
    two.abort('gone as well');
    expect(signal().reason).toBe('gone as well');
    // A new one does not join what was given up.
    const again = shared.ask('a', async () => 'fresh');
    end().resolve('too late');
    expect(await again).toBe('fresh');
    expect(await seen).toEqual([
      { status: 'rejected', reason: 'gone' },
      { status: 'rejected', reason: 'gone as well' },
    ]);
  });

  it('are not made for one who has left before; a caller without a signal keeps the call alive', async () => {
    const shared = new SharedCalls<string>();
    const { call, signal, end } = pending();
    await expect(shared.ask('a', call, AbortSignal.abort('early'))).rejects.toBe('early');
    expect(call).not.toHaveBeenCalled();
    const controller = new AbortController();
    const [stays, leaves] = [shared.ask('a', call), shared.ask('a', call, controller.signal)];
    controller.abort('bored');
    await expect(leaves).rejects.toBe('bored');
    expect(signal().aborted).toBe(false);
    end().resolve('kept');
    expect(await stays).toBe('kept');
  });
});
