import fc from 'fast-check';
import type { Checks, Oracle } from '../format.ts';
import { holds, returns, throws, waits, type Expectation } from '../grader/expectation.ts';
import { argumentsOf, call, create, fail, fake, fulfil } from '../grader/operations.ts';
import type { Answer, Operation } from '../grader/protocol.ts';
import { decode } from '../grader/values.ts';

interface Reservation {
  worst: bigint;
  /** What it cost; undefined while it is open. */
  cost?: bigint;
  /** Of a call by `run`. */
  handle?: number;
}

const isAmount = (usd: unknown) => typeof usd === 'number' && usd >= 0 && usd < Infinity;
/** Micro-dollars by way of the decimal digits: nothing is multiplied in floating point. */
const micro = (usd: number) => BigInt(usd.toFixed(6).replace('.', ''));
const dollars = (amount: bigint) => `$${Number(amount) / 1e6}`;

const notAnAmount = 'An amount is a number from 0 up. Anything else is an error, and changes nothing.';

/** All that was ever reserved, added up anew each time. */
function oracle(): Oracle {
  let limit = 0n;
  const all: Reservation[] = [];
  /** Reservations of calls that were made, in their order. */
  const calls: Reservation[] = [];

  const spent = () => all.reduce((sum, { cost }) => sum + (cost ?? 0n), 0n);
  const held = () => all.reduce((sum, { worst, cost }) => sum + (cost === undefined ? worst : 0n), 0n);
  const state = () => `Of ${dollars(limit)}, ${dollars(spent())} is spent and ${dollars(held())} is held.`;
  const fits = (worst: bigint) => spent() + held() + worst <= limit;

  function reserve(worst: bigint): Expectation {
    const note =
      `${state()} The new call may cost ${dollars(worst)}. Calls on their way count with all they can cost, ` +
      'exactly the limit is allowed, and sums are exact.';
    if (!fits(worst)) return returns(undefined, { note });
    return returns(all.push({ worst }), {
      note: `${note} Each reservation has a number of its own, which is never used again.`,
    });
  }

  function end(id: number, cost: bigint): Expectation {
    const reservation = all[id - 1] as Reservation | undefined;
    if (!reservation) return throws('', { note: `There never was a reservation ${id}.` });
    if (reservation.cost !== undefined)
      return throws('', { note: `Reservation ${id} has ended already. It ends once.` });
    if (cost > reservation.worst)
      return throws('', {
        note: `Only ${dollars(reservation.worst)} was reserved. A higher cost is an error, and the reservation stays open.`,
      });
    reservation.cost = cost;
    return returns(undefined, { note: 'This ends the reservation and returns nothing.' });
  }

  function remaining(answer: Answer): Expectation {
    const left = limit - spent() - held();
    const usd = Number(left) / 1e6;
    const percent = limit === 0n ? 0 : Number(100n * left) / Number(limit);
    const offUsd = Math.abs((decode(answer.value) as { usd: number }).usd - usd);
    const fraction =
      offUsd > 0 && offUsd < 0.001
        ? 'A tiny bit is lost or won: 8.2 * 1e6 is 8199999.999… in floating point, so round. '
        : '';
    return holds(
      `{ percent: ${percent}, usd: ${usd} }`,
      (got) => {
        const is = decode(got) as { usd: number; percent: number };
        return Math.abs(is.usd - usd) < 1e-9 && Math.abs(is.percent - percent) < 1e-9;
      },
      {
        note: `${fraction}${state()} What is held cannot be reserved again, and comes back when its call ends. The percentage is of the limit, from 0 to 100.`,
      },
    );
  }

  return (operation, answer) => {
    if (operation.do === 'new') {
      const [limitUsd] = argumentsOf(operation) as [number];
      if (!isAmount(limitUsd)) return throws('', { note: notAnAmount });
      limit = micro(limitUsd);
      return returns(undefined);
    }
    if (operation.do === 'settle') {
      const reservation = calls[operation.call];
      reservation.cost = operation.error ? 0n : micro(operation.value as number);
      const handle = reservation.handle ?? 0;
      return returns(undefined, {
        settled: operation.error ? [{ handle, error: 'no answer' }] : [{ handle, value: operation.value }],
        note: 'run gives back what its call gives, and fails with the error of its call.',
      });
    }
    const [first, second] = argumentsOf(operation) as number[];
    const method = operation.do === 'call' ? operation.method : '';
    if (method === 'remaining') return remaining(answer);
    const amount = method === 'settle' ? second : method === 'release' ? 0 : first;
    if (!isAmount(amount)) return throws('', { note: notAnAmount });
    if (method === 'reserve') return reserve(micro(amount));
    if (method !== 'run') return end(first, micro(amount));
    if (!fits(micro(amount)))
      return throws('over budget', { calls: [], note: `${state()} There is no room, so nothing is called.` });
    const reservation = { worst: micro(amount), handle: answer.handle };
    all.push(reservation);
    calls.push(reservation);
    return waits({ calls: [['model']], note: `${state()} There is room, so the call is made at once.` });
  };
}

const model = fake('model');
/** Amounts that floating point cannot hold, in dollars. */
const amountUsd = fc.constantFrom(0.1, 0, 0.2, 0.3, 0.7, 4.1, 8.2);
const step = fc.record({
  what: fc.constantFrom('reserve', 'reserve', 'run', 'settle', 'release', 'gives', 'fails', 'remaining'),
  amountUsd,
  /** Which of those that are open. */
  which: fc.nat({ max: 3 }),
});

/** Calls end in any order. What is open is worked out here, so that only calls that were made can end. */
const sequences = (words: string[]) =>
  fc
    .tuple(
      fc.constantFrom(0.3, 1, 8.2, 20),
      fc.array(
        step.filter(({ what }) => words.includes(what)),
        { maxLength: 25, size: 'max' },
      ),
    )
    .map(([limitUsd, steps]): Operation[] => {
      let left = micro(limitUsd);
      let [ids, made] = [0, 0];
      const open: { id: number; worstUsd: number; made?: number }[] = [];
      const operations = [create('Budget', limitUsd)];
      const take = (worstUsd: number, of?: number) => {
        if (micro(worstUsd) > left) return;
        left -= micro(worstUsd);
        ids += 1;
        open.push({ id: ids, worstUsd, made: of });
        if (of !== undefined) made += 1;
      };
      for (const { what, amountUsd: usd, which } of steps) {
        if (what === 'remaining') operations.push(call('remaining'));
        if (what === 'reserve') {
          operations.push(call('reserve', usd));
          take(usd);
        }
        if (what === 'run') {
          operations.push(call('run', usd, model));
          take(usd, made);
        }
        const byRun = what === 'gives' || what === 'fails';
        const some = open.filter((one) => (one.made !== undefined) === byRun);
        const one = some[which % Math.max(1, some.length)];
        if (!one || !['gives', 'fails', 'settle', 'release'].includes(what)) continue;
        open.splice(open.indexOf(one), 1);
        const costUsd = what === 'gives' || what === 'settle' ? Math.min(usd, one.worstUsd) : 0;
        left += micro(one.worstUsd) - micro(costUsd);
        if (what === 'gives') operations.push(fulfil('model', one.made!, costUsd));
        if (what === 'fails') operations.push(fail('model', one.made!, 'no answer'));
        if (what === 'settle') operations.push(call('settle', one.id, costUsd));
        if (what === 'release') operations.push(call('release', one.id));
      }
      return [...operations, call('remaining')];
    });

export const checks: Checks = {
  oracle,
  checks: [
    {
      id: 'holds-what-may-be-spent',
      title: 'has no room for a second call while the first may still need the money',
      objective: 'reserve-first',
      operations: fc.constant([
        create('Budget', 1),
        call('reserve', 0.5),
        call('reserve', 0.75),
        call('settle', 1, 0.25),
        call('reserve', 0.75),
        call('reserve', 0.25),
      ]),
      runs: 1,
    },
    {
      id: 'dollars-and-percent',
      title: 'says what remains in dollars and in percent',
      objective: 'dollars-and-percent',
      operations: fc.constantFrom(
        [create('Budget', 200), call('remaining'), call('reserve', 150), call('remaining')],
        [create('Budget', 0), call('remaining'), call('reserve', 0)],
      ),
      runs: 20,
    },
    {
      id: 'exact-sums',
      title: 'has room for $0.10 and $0.20 in $0.30',
      objective: 'whole-units',
      operations: fc.constantFrom(
        [create('Budget', 0.3), call('reserve', 0.1), call('reserve', 0.2), call('remaining')],
        [create('Budget', 8.2), call('reserve', 4.1), call('reserve', 4.1), call('remaining')],
        [create('Budget', 1), call('reserve', 1), call('settle', 1, 0.7), call('reserve', 0.3)],
      ),
      runs: 30,
    },
    {
      id: 'ends-once',
      title: 'ends a reservation once, and only one that there is',
      objective: 'end-once',
      operations: fc.constantFrom(
        [
          create('Budget', 1),
          call('reserve', 0.5),
          call('settle', 1, 0.5),
          call('settle', 1, 0.5),
          call('remaining'),
        ],
        [
          create('Budget', 1),
          call('reserve', 0.5),
          call('release', 1),
          call('release', 1),
          call('remaining'),
        ],
        [create('Budget', 1), call('settle', 1, 0)],
      ),
      runs: 30,
    },
    {
      id: 'never-more-than-reserved',
      title: 'refuses a cost that is more than was reserved, and keeps the reservation',
      objective: 'end-once',
      operations: fc.constant([
        create('Budget', 1),
        call('reserve', 0.5),
        call('settle', 1, 0.6),
        call('remaining'),
        call('settle', 1, 0.4),
        call('remaining'),
      ]),
      runs: 1,
    },
    {
      id: 'amounts',
      title: 'refuses what is not an amount',
      objective: 'reserve-first',
      operations: fc
        .constantFrom(-1, Number.NaN, Number.POSITIVE_INFINITY)
        .chain((usd) =>
          fc.constantFrom(
            [create('Budget', 1), call('reserve', usd), call('remaining')],
            [create('Budget', 1), call('reserve', 0.5), call('settle', 1, usd), call('remaining')],
            [create('Budget', usd)],
          ),
        ),
      runs: 40,
    },
    {
      id: 'calls-side-by-side',
      title: 'runs calls side by side, and gives back what a failed one held',
      objective: 'end-once',
      operations: fc.constant([
        create('Budget', 1),
        call('run', 0.5, model),
        call('run', 0.5, model),
        call('run', 0.1, model),
        fail('model', 0, 'no answer'),
        call('remaining'),
        fulfil('model', 1, 0.2),
        call('remaining'),
      ]),
      runs: 1,
    },
    {
      id: 'any-order-of-runs',
      title: 'never overspends, in whatever order calls end',
      objective: 'reserve-first',
      operations: sequences(['run', 'gives', 'fails', 'remaining']),
      runs: 80,
    },
    {
      id: 'any-sequence',
      title: 'is right in any sequence',
      objective: 'whole-units',
      operations: sequences(['reserve', 'run', 'settle', 'release', 'gives', 'fails', 'remaining']),
      runs: 80,
    },
  ],
};
