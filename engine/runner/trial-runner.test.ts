import { expose, type Endpoint } from 'comlink';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AblationRun } from '../tuning/ablation.ts';
import { shop, shopStrategies } from '../tuning/hand-worked.ts';
import type { Outcome } from '../tuning/outcome.ts';
import type { TrialReply, TrialWorker } from './trial-protocol.ts';
import {
  handOver,
  ownHand,
  TrialFailure,
  TrialRunner,
  type Trial,
  type TrialHand,
  type TrialProgress,
  type TrialSource,
} from './trial-runner.ts';
import { TrialSession } from './trial-session.ts';

/** A worker that does nothing by itself: the test says when a trial ends, and how. */
class FakeHand implements TrialHand {
  seed: number | null = null;
  terminated = false;
  tell: (share: number) => void = () => undefined;
  die: (reason: string) => void = () => undefined;
  private reply: (reply: TrialReply) => void = () => undefined;

  readonly worker: TrialWorker = {
    watch: async (onProgress) => {
      this.tell = onProgress;
    },
    run: (request) => {
      if (this.seed !== null) throw new Error('two trials at once');
      this.seed = request.seed;
      return new Promise((resolve) => (this.reply = resolve));
    },
    stop: async () => undefined,
  };
  terminate(): void {
    this.terminated = true;
  }
  onDeath(listener: (reason: string) => void): void {
    this.die = listener;
  }
  async end(reply: TrialReply = { outcome: { seed: this.seed! } }): Promise<void> {
    this.seed = null;
    this.reply(reply);
    await settled();
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Trials with the seeds 1 to n. */
class Seeds implements TrialSource<Trial> {
  readonly outcomes = new Map<number, Outcome>();
  readonly failures: TrialFailure[] = [];
  readonly released: number[] = [];
  last = 0;

  constructor(
    public wanted: number,
    private readonly goOn = false,
  ) {}
  next(): Trial | null {
    return this.last < this.wanted ? { request: { scenario: shop, seed: ++this.last } } : null;
  }
  done({ request }: Trial, outcome: Outcome): void {
    this.outcomes.set(request.seed, outcome);
  }
  failed(_: Trial, failure: TrialFailure): boolean {
    this.failures.push(failure);
    return this.goOn;
  }
  release({ request }: Trial): void {
    this.released.push(request.seed);
  }
}

function held(workers: number) {
  const hands: FakeHand[] = [];
  const hire = vi.fn(() => {
    const hand = new FakeHand();
    hands.push(hand);
    return hand;
  });
  return { hands, hire, runner: new TrialRunner(hire, workers) };
}

describe('trials over two workers', () => {
  it('are handed out one each, the next when one is free, and brought back', async () => {
    const { hands, runner } = held(2);
    const source = new Seeds(4);
    const run = runner.run(source);
    expect(hands.map((hand) => hand.seed)).toEqual([1, 2]);
    await hands[1].end();
    expect(hands.map((hand) => hand.seed)).toEqual([1, 3]);
    await hands[1].end();
    await hands[0].end();
    expect(hands.map((hand) => hand.seed)).toEqual([null, 4]);
    await hands[1].end();
    expect(await run).toBe('done');
    expect([...source.outcomes]).toEqual([2, 3, 1, 4].map((seed) => [seed, { seed }]));
    expect(hands).toHaveLength(2);
  });

  it('take no more workers than there are trials, and keep them for the next run', async () => {
    const { hands, runner } = held(8);
    const first = runner.run(new Seeds(2));
    expect(hands).toHaveLength(2);
    for (const hand of hands) await hand.end();
    expect(await first).toBe('done');
    const second = runner.run(new Seeds(3));
    expect(hands).toHaveLength(3);
    for (const hand of hands) await hand.end();
    expect(await second).toBe('done');
    expect(hands.some((hand) => hand.terminated)).toBe(false);
    runner.close();
    expect(hands.every((hand) => hand.terminated)).toBe(true);
  });

  it('tell how far they are', async () => {
    const { hands, runner } = held(2);
    const told: TrialProgress[] = [];
    const run = runner.run(new Seeds(3), { onProgress: (progress) => told.push(progress) });
    hands[0].tell(0.5);
    hands[1].tell(0.25);
    await hands[0].end();
    await hands[0].end();
    await hands[1].end();
    await run;
    expect(told).toEqual([
      { ended: 0, underWay: 0.5 },
      { ended: 0, underWay: 0.75 },
      { ended: 1, underWay: 0.25 },
      { ended: 2, underWay: 0.25 },
      { ended: 3, underWay: 0 },
    ]);
  });

  it('may depend on what came before: a source that wants nothing now is asked again', async () => {
    const { hands, runner } = held(2);
    const source = new Seeds(1);
    const run = runner.run(source);
    expect(hands).toHaveLength(1);
    source.wanted = 3; // as a search that has seen the first outcome
    await hands[0].end();
    expect(hands.map((hand) => hand.seed)).toEqual([2, 3]);
    for (const hand of hands) await hand.end();
    expect(await run).toBe('done');
  });

  it('of a source that wants nothing are done at once, without a worker', async () => {
    const { hire, runner } = held(2);
    expect(await runner.run(new Seeds(0))).toBe('done');
    expect(hire).not.toHaveBeenCalled();
  });
});

describe('stopping', () => {
  it('ends the workers that are busy, gives their trials back and keeps the idle ones', async () => {
    const { hands, runner } = held(3);
    const stopping = new AbortController();
    const source = new Seeds(3);
    const run = runner.run(source, { signal: stopping.signal });
    await hands[1].end();
    stopping.abort();
    expect(await run).toBe('stopped');
    expect(source.released).toEqual([1, 3]);
    expect(hands.map((hand) => hand.terminated)).toEqual([true, false, true]);
    await hands[0].end(); // too late
    expect([...source.outcomes.keys()]).toEqual([2]);

    const next = runner.run(new Seeds(1));
    await hands[1].end();
    expect(await next).toBe('done');
  });

  it('leaves late replies of its workers out of the next run', async () => {
    const { hands, runner } = held(1);
    const stopping = new AbortController();
    const first = runner.run(new Seeds(1), { signal: stopping.signal });
    stopping.abort();
    await first;
    const source = new Seeds(2);
    const next = runner.run(source);
    await hands[0].end({ outcome: { late: 1 } });
    expect(source.outcomes.size).toBe(0);
    await hands[1].end();
    await hands[1].end();
    expect(await next).toBe('done');
    expect([...source.outcomes.values()]).toEqual([{ seed: 1 }, { seed: 2 }]);
  });

  it('before it begins does nothing', async () => {
    const { hire, runner } = held(1);
    expect(await runner.run(new Seeds(1), { signal: AbortSignal.abort() })).toBe('stopped');
    expect(hire).not.toHaveBeenCalled();
  });

  it('by closing stops the run under way', async () => {
    const { hands, runner } = held(1);
    const source = new Seeds(2);
    const run = runner.run(source);
    runner.close();
    expect(await run).toBe('stopped');
    expect([source.released, hands[0].terminated]).toEqual([[1], true]);
  });

  it('after a run says nothing of the next', async () => {
    const { hands, runner } = held(1);
    const stopping = new AbortController();
    const first = runner.run(new Seeds(1), { signal: stopping.signal });
    await hands[0].end();
    await first;
    const second = runner.run(new Seeds(1));
    stopping.abort();
    await hands[0].end();
    expect(await second).toBe('done');
  });
});

describe('a trial that fails', () => {
  const wrong: TrialReply = {
    failure: { message: 'load.ratePerS: expected a number, got "x".', place: 'load.ratePerS' },
  };

  it('ends the run with its place, and the others are given back', async () => {
    const { hands, runner } = held(2);
    const source = new Seeds(5);
    const run = runner.run(source);
    const caught = run.catch((error: unknown) => error);
    await hands[0].end(wrong);
    const failure = (await caught) as TrialFailure;
    expect(failure).toBeInstanceOf(TrialFailure);
    expect(failure).toMatchObject({
      message: wrong.failure.message,
      place: 'load.ratePerS',
      request: { seed: 1 },
    });
    expect([source.last, source.released]).toEqual([2, [2]]); // nothing was tried again
  });

  it('is left out when the source goes on without it', async () => {
    const { hands, runner } = held(1);
    const source = new Seeds(3, true);
    const run = runner.run(source);
    await hands[0].end();
    await hands[0].end(wrong);
    await hands[0].end();
    expect(await run).toBe('done');
    expect([...source.outcomes.keys()]).toEqual([1, 3]);
    expect(source.failures.map(({ request }) => request.seed)).toEqual([2]);
  });
});

describe('a worker that dies', () => {
  it('is replaced, and its trial is tried once more', async () => {
    const { hands, runner } = held(1);
    const source = new Seeds(2);
    const run = runner.run(source);
    hands[0].die('out of memory');
    expect(hands.map((hand) => hand.seed)).toEqual([1, 1]);
    expect(hands[0].terminated).toBe(true);
    await hands[1].end();
    await hands[1].end();
    expect(await run).toBe('done');
    expect([...source.outcomes.keys()]).toEqual([1, 2]);
  });

  it('twice on the same trial makes it a failure', async () => {
    const { hands, runner } = held(1);
    const source = new Seeds(2);
    const run = runner.run(source).catch((error: unknown) => error);
    hands[0].die('out of memory');
    hands[1].die('out of memory');
    expect(await run).toMatchObject({
      name: 'TrialFailure',
      message: 'The worker ended twice on this run: out of memory.',
      place: undefined,
    });
    expect(hands).toHaveLength(2);
  });

  it('between runs is forgotten', async () => {
    const { hands, runner } = held(1);
    const first = runner.run(new Seeds(1));
    await hands[0].end();
    await first;
    hands[0].die('closed');
    const second = runner.run(new Seeds(1));
    await hands[1].end();
    expect(await second).toBe('done');
  });
});

describe('the runner', () => {
  it('ends with the error when no worker can be made, and gives the trial back', async () => {
    const runner = new TrialRunner(() => {
      throw new Error('no threads here');
    }, 2);
    const source = new Seeds(2);
    await expect(runner.run(source)).rejects.toThrow('no threads here');
    expect(source.released).toEqual([1]);
  });

  it('ends with the error of its source', async () => {
    const { hands, runner } = held(1);
    const source = new Seeds(2);
    source.done = () => {
      throw new Error('cannot be stored');
    };
    const run = runner.run(source);
    const caught = expect(run).rejects.toThrow('cannot be stored');
    await hands[0].end();
    await caught;
  });

  it('makes one run at a time', async () => {
    const { hands, runner } = held(1);
    const first = runner.run(new Seeds(1));
    await expect(runner.run(new Seeds(1))).rejects.toThrow('at work already');
    await hands[0].end();
    expect(await first).toBe('done');
  });

  it.each([0, 1.5, NaN])('refuses %f workers', (workers) => {
    expect(() => new TrialRunner(() => new FakeHand(), workers)).toThrow('workers: expected a whole number');
  });
});

describe('an ablation', () => {
  const plan = { scenario: shop, strategies: shopStrategies, seeds: 2, untilS: 20 };
  const session = (): TrialSession =>
    new TrialSession({ nowMs: () => performance.now(), yield: () => settled() });
  const ports: MessagePort[] = [];
  afterEach(() => {
    for (const port of ports.splice(0)) port.close();
  });
  /** A session behind Comlink at the other end of a channel: a worker in all but the thread. */
  const behindAPort = (): TrialHand => {
    const { port1, port2 } = new MessageChannel();
    ports.push(port1, port2);
    expose(session(), port2 as Endpoint);
    return handOver(
      port1 as Endpoint,
      () => port1.close(),
      () => undefined,
    );
  };

  it('comes to the same in one thread, and over several workers behind Comlink', async () => {
    const results = [];
    for (const [hire, workers] of [
      [() => ownHand(session()), 1],
      [behindAPort, 3],
    ] as const) {
      const run = new AblationRun(plan);
      const runner = new TrialRunner(hire, workers);
      expect(await runner.run(run)).toBe('done');
      runner.close();
      results.push(run.result());
    }
    expect(results[0]!.seeds).toBe(2);
    expect(results[1]).toEqual(results[0]);
  });

  it('that is stopped half-way goes on where it was', async () => {
    const run = new AblationRun(plan);
    const runner = new TrialRunner(behindAPort, 2);
    const stopping = new AbortController();
    const onProgress = ({ ended }: TrialProgress): void => {
      if (ended === 5) stopping.abort();
    };
    expect(await runner.run(run, { signal: stopping.signal, onProgress })).toBe('stopped');
    expect(run.progress.done).toBe(5);
    expect(await runner.run(run)).toBe('done');
    runner.close();
    expect(run.progress).toEqual({ trials: 8, done: 8, seeds: 2, seedsDone: 2 });
  });

  it('whose run fails behind Comlink says where', async () => {
    const runner = new TrialRunner(behindAPort, 1);
    const source = new Seeds(1);
    source.next = () => ({ request: { scenario: 'shpo', seed: 1 } });
    await expect(runner.run(source)).rejects.toMatchObject({ name: 'TrialFailure', place: 'scenario' });
    runner.close();
  });
});
