import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ln } from '../core/exact-math.ts';
import { RandomStream } from '../core/random.ts';
import { parse } from '../core/schema.ts';
import { Codel, codelOnsetS, codelSchema, LifoOrFifo, lifoOrFifoSchema } from './codel.ts';

const codel = (settings: object = {}) => new Codel(parse(codelSchema, settings, 'codel'));

/** Asks every ms from `fromMs` on with a wait that stands; the times of the drops. */
function dropTimes(c: Codel, fromMs: number, untilMs: number, sojournMs = 50): number[] {
  const times: number[] = [];
  for (let t = fromMs; t < untilMs; t++) if (c.onDequeue(sojournMs, t, 9)) times.push(t);
  return times;
}

/**
 * A queue with the pseudocode of RFC 8289 § 5 on it, as the RFC writes it: loops over packets, a flag for each. Returns what is
 * dropped and what is delivered, by arrival time.
 */
function asInTheRfc(arrivals: readonly number[], dequeues: readonly number[]): string[] {
  const [TARGET, INTERVAL] = [5, 100];
  const queue: number[] = [];
  const log: string[] = [];
  let [next, firstAbove, dropNext, count, lastCount] = [0, 0, 0, 0, 0];
  let dropping = false;
  const law = (t: number, n: number) => t + INTERVAL / Math.sqrt(n);
  const doDequeue = (now: number): { packet: number | undefined; ok: boolean } => {
    const packet = queue.shift();
    if (packet === undefined) {
      firstAbove = 0;
      return { packet, ok: false };
    }
    if (now - packet < TARGET || queue.length === 0) firstAbove = 0;
    else if (firstAbove === 0) firstAbove = now + INTERVAL;
    else if (now >= firstAbove) return { packet, ok: true };
    return { packet, ok: false };
  };
  for (const now of dequeues) {
    while (next < arrivals.length && arrivals[next]! <= now) queue.push(arrivals[next++]!);
    let r = doDequeue(now);
    if (dropping) {
      if (!r.ok) dropping = false;
      while (dropping && now >= dropNext) {
        log.push(`drop ${r.packet} at ${now}`);
        count++;
        r = doDequeue(now);
        if (!r.ok) dropping = false;
        else dropNext = law(dropNext, count);
      }
    } else if (r.ok) {
      log.push(`drop ${r.packet} at ${now}`);
      r = doDequeue(now);
      dropping = true;
      const delta = count - lastCount;
      count = delta > 1 && now - dropNext < 16 * INTERVAL ? delta : 1;
      dropNext = law(now, count);
      lastCount = count;
    }
    if (r.packet !== undefined) log.push(`serve ${r.packet} at ${now}`);
  }
  return log;
}

function withTheMachine(arrivals: readonly number[], dequeues: readonly number[]): string[] {
  const machine = codel();
  const queue: number[] = [];
  const log: string[] = [];
  let next = 0;
  for (const now of dequeues) {
    while (next < arrivals.length && arrivals[next]! <= now) queue.push(arrivals[next++]!);
    for (;;) {
      const packet = queue.shift();
      if (packet === undefined) {
        machine.onEmpty();
        break;
      }
      const drop = machine.onDequeue(now - packet, now, queue.length);
      log.push(`${drop ? 'drop' : 'serve'} ${packet} at ${now}`);
      if (!drop) break;
    }
  }
  return log;
}

describe('CoDel', () => {
  it('drops after an interval above the target, then after 100/√1, 100/√2, 100/√3 ms', () => {
    // 100, +100 = 200, +70.7 = 270.7, +57.7 = 328.4, +50 = 378.4, +44.7 = 423.2
    expect(dropTimes(codel(), 0, 430)).toEqual([100, 200, 271, 329, 379, 424]);
  });

  it('leaves a burst alone that drains within an interval', () => {
    const c = codel();
    expect(dropTimes(c, 0, 100)).toEqual([]);
    expect(c.onDequeue(4.9, 100, 9)).toBe(false);
    expect(dropTimes(c, 101, 201)).toEqual([]);
    c.onEmpty();
    expect(dropTimes(c, 201, 301)).toEqual([]);
    expect(c.onDequeue(50, 301, 0)).toBe(false); // nobody waits behind it
    expect(dropTimes(c, 302, 402)).toEqual([]);
    expect(dropTimes(c, 402, 403)).toEqual([402]);
  });

  it('soon after goes on at the pace it had, long after begins afresh', () => {
    const gaps = (times: number[]) => times.slice(1).map((t, i) => t - times[i]!);
    const again = (pauseMs: number): number[] => {
      const c = codel();
      expect(dropTimes(c, 0, 430)).toHaveLength(6);
      c.onDequeue(1, 430, 9);
      return gaps(dropTimes(c, 430 + pauseMs, 430 + pauseMs + 200));
    };
    expect(again(500)[0]).toBe(45); // five drops gained: 100/√5
    expect(again(3000)[0]).toBeUndefined(); // 100, the second would come after the 200 ms
  });

  it('decides as the pseudocode of the RFC, packet by packet', () => {
    const gaps = fc.array(fc.nat({ max: 12 }), { minLength: 50, maxLength: 400 });
    fc.assert(
      fc.property(gaps, gaps, fc.nat({ max: 8 }), (between, served, slower) => {
        const times = (list: number[], extra: number) => {
          let t = 1;
          return list.map((gap) => (t += gap + extra));
        };
        const [arrivals, dequeues] = [times(between, 0), times([...served, ...served], slower)];
        expect(withTheMachine(arrivals, dequeues)).toEqual(asInTheRfc(arrivals, dequeues));
      }),
    );
  });

  /** One server of `serviceMs`, Poisson arrivals, first come first served; share dropped, the longest wait and when it was. */
  const serve = (ratePerS: number, serviceMs: number, settings: object, untilMs: number) => {
    const random = new RandomStream(1, 'codel');
    const c = codel(settings);
    const queue: number[] = [];
    let [nextMs, freeMs, head, dropped, longestMs, longestAtMs] = [0, 0, 0, 0, 0, 0];
    while (freeMs < untilMs) {
      while (nextMs <= freeMs) {
        queue.push(nextMs);
        nextMs -= (ln(random.uniform()) * 1000) / ratePerS;
      }
      if (head === queue.length) {
        c.onEmpty();
        freeMs = nextMs;
        continue;
      }
      const waitMs = freeMs - queue[head++]!;
      if (waitMs > longestMs) [longestMs, longestAtMs] = [waitMs, freeMs];
      if (c.onDequeue(waitMs, freeMs, queue.length - head)) dropped++;
      else freeMs += serviceMs;
    }
    return { share: dropped / queue.length, longestMs, longestAtMs };
  };

  it('failure mode: against requests that do not slow down it is late, by about 2·E·interval²', () => {
    expect(codelOnsetS(500, 100)).toBe(10);
    const { longestAtMs, longestMs } = serve(1500, 1, {}, 20_000);
    // The queue grows until as many are dropped as come too many.
    expect(longestAtMs / 1000).toBeGreaterThan(9);
    expect(longestAtMs / 1000).toBeLessThan(11);
    // By then half of 10 s of excess waits, 2500 requests, and 1500 a second leave: seconds, where the target is 5 ms.
    expect(longestMs).toBeGreaterThan(1200);
  });

  it('failure mode: with a target below the service time it drops good work', () => {
    const { share } = serve(0.7, 1000, {}, 2e7);
    const wide = serve(0.7, 1000, { targetMs: 5000, intervalMs: 20_000 }, 2e7);
    expect(share).toBeGreaterThan(0.1);
    expect(wide.share).toBeLessThan(0.02);
  });

  it('says what is wrong with its settings', () => {
    expect(() => codel({ targetMs: 0 })).toThrow('targetMs: expected a number above 0, got 0.');
    expect(() => codel({ intervalMs: Infinity })).toThrow('intervalMs: expected a finite number');
    expect(() => parse(lifoOrFifoSchema, { standingTimeoutMs: 200 }, 'queue')).toThrow(
      'queue: expected a standingTimeoutMs of timeoutMs or less',
    );
  });
});

describe('LifoOrFifo', () => {
  const queue = () => new LifoOrFifo(parse(lifoOrFifoSchema, {}, 'queue'));

  it('gives 100 ms while the queue drains, 5 ms and newest first once it has stood for 100', () => {
    const q = queue();
    q.onEmpty(1000);
    expect([q.timeoutMs(1100), q.newestFirst(1100)]).toEqual([100, false]);
    expect([q.timeoutMs(1101), q.newestFirst(1101)]).toEqual([5, true]);
    q.onEmpty(1200);
    expect([q.timeoutMs(1201), q.newestFirst(1201)]).toEqual([100, false]);
  });

  /** One server of 10 ms, one request every 8 ms for 2 s, then nothing; who waits how long when nobody gives up. */
  const waits = (adaptive: boolean): number[] => {
    const q = queue();
    const waiting: number[] = [];
    const out: number[] = [];
    const arrivals = Array.from({ length: 250 }, (_, i) => i * 8);
    let freeMs = 0;
    for (let next = 0; out.length < arrivals.length;) {
      while (next < arrivals.length && arrivals[next]! <= freeMs) waiting.push(arrivals[next++]!);
      if (waiting.length === 0) {
        freeMs = arrivals[next]!;
        continue;
      }
      const from = adaptive && q.newestFirst(freeMs) ? waiting.pop()! : waiting.shift()!;
      out.push(freeMs - from);
      if (waiting.length === 0) q.onEmpty(freeMs);
      freeMs += 10;
    }
    return out;
  };

  it('in an overload most are served at once', () => {
    const median = (list: number[]) => [...list].sort((a, b) => a - b)[list.length / 2]!;
    expect(median(waits(false))).toBeGreaterThan(200);
    expect(median(waits(true))).toBeLessThan(50);
  });

  it('failure mode: who came first is served last', () => {
    expect(Math.max(...waits(true))).toBeGreaterThan(4 * Math.max(...waits(false)));
  });
});
