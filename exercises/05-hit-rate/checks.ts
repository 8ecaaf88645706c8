import fc from 'fast-check';
import type { Checks, Oracle } from '../format.ts';
import { near, returns, throws } from '../grader/expectation.ts';
import { argumentsOf, call, create } from '../grader/operations.ts';
import type { Operation } from '../grader/protocol.ts';

/** Probe by probe, as it happens: each request walks through the levels, and each level counts what it sees. */
function oracle(): Oracle {
  let levels: { name: string; hits: number; probes: number }[] = [];
  let [requests, answered] = [0, 0];

  const walk = (answeredBy: string, count: number) => {
    requests += count;
    for (const level of levels) {
      level.probes += count;
      if (level.name !== answeredBy) continue;
      level.hits += count;
      answered += count;
      return;
    }
  };
  const seen = () =>
    levels.map(({ name, hits, probes }) => `${name} hit ${hits} of ${probes} probes`).join(', ');

  return (operation) => {
    const args = argumentsOf(operation);
    if (operation.do === 'new') {
      levels = (args[0] as string[]).map((name) => ({ name, hits: 0, probes: 0 }));
      return returns(undefined);
    }
    const [name, count] = args as [string, number];
    const level = levels.find((one) => one.name === name);
    switch (operation.do === 'call' ? operation.method : '') {
      case 'record':
        if (!level && name !== 'model')
          return throws(name, {
            note: `"${name}" is neither a level nor "model". The error has to name it.`,
          });
        walk(name, count);
        return returns(undefined, { note: 'record returns nothing.' });
      case 'levelRate':
        if (!level)
          return throws(name, {
            note: `"${name}" is no level, so it has no rate. The error has to name it.`,
          });
        return share(
          level.hits,
          level.probes,
          `probes of ${name}`,
          'A level is probed by a request that no faster one answered.',
        );
      case 'requestRate':
        return share(answered, requests, 'requests', 'A request counts once, however many levels it asked.');
      case 'probeRate': {
        const hits = levels.reduce((sum, one) => sum + one.hits, 0);
        const probes = levels.reduce((sum, one) => sum + one.probes, 0);
        return share(hits, probes, 'probes', `${seen()}.`);
      }
      default: {
        if (requests === 0)
          return returns(null, { note: 'Nothing is recorded, so there is no rate and no band.' });
        // In whole numbers, so that exactly 90 % is not a matter of rounding.
        const band =
          answered * 10 >= requests * 9 ? 'excellent' : answered * 10 >= requests * 7 ? 'good' : 'poor';
        return returns(band, {
          note: `${answered} of ${requests} requests were answered by a level, ${percent(answered, requests)}: excellent from 90 % on, good from 70 % on, without rounding.`,
        });
      }
    }
  };
}

function share(part: number, whole: number, what: string, why: string) {
  if (whole === 0)
    return returns(null, { note: `There were no ${what} yet: that is no rate, neither 0 nor 1.` });
  return near(part / whole, 1e-9, { note: `${part} of ${whole} ${what}. ${why}` });
}

const percent = (part: number, whole: number) => `${Number(((part / whole) * 100).toFixed(3))} %`;

const three = create('CacheStats', ['L1', 'L2', 'L3']);
const rates = (names: string[]) => [
  call('requestRate'),
  call('probeRate'),
  ...names.map((name) => call('levelRate', name)),
  call('band'),
];

const step = fc.record({
  what: fc.constantFrom('record', 'record', 'record', 'requestRate', 'probeRate', 'levelRate', 'band'),
  /** The model where there are fewer levels. */
  who: fc.nat(5),
  requests: fc.constantFrom(1, 1, 2, 7, 90, 1000),
});
const sequences = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.array(step, { maxLength: 20, size: 'max' }))
  .map(([count, steps]): Operation[] => {
    const levels = ['L1', 'L2', 'L3', 'L4'].slice(0, count);
    const asked = steps.map(({ what, who, requests }) => {
      if (what === 'record') return call('record', levels[who] ?? 'model', requests);
      return what === 'levelRate' ? call('levelRate', levels[who % count]) : call(what);
    });
    return [create('CacheStats', levels), ...asked, ...rates(levels)];
  });
/** Around a threshold: so many of 10,000 answered. */
const thresholds = fc
  .record({
    of: fc.constantFrom(7000, 9000),
    by: fc.constantFrom(-60, -40, -4, -1, 0, 0, 1, 4),
    deep: fc.constantFrom('L1', 'L2', 'L3'),
  })
  .map(({ of, by, deep }) => [
    three,
    call('record', deep, of + by),
    call('record', 'model', 10_000 - of - by),
    call('band'),
  ]);

export const checks: Checks = {
  oracle,
  checks: [
    {
      id: 'one-request',
      title: 'takes a request that L2 answers for one request, and for two probes',
      objective: 'request-or-probe',
      operations: fc.constant([
        three,
        call('record', 'L2', 1),
        call('requestRate'),
        call('probeRate'),
        call('band'),
      ]),
      runs: 1,
    },
    {
      id: 'hundred-requests',
      title: 'tells the two rates apart on 100 requests',
      objective: 'request-or-probe',
      // L1 sees 100 probes and hits 60, L2 sees 40 and hits 30, L3 sees 10 and hits none: 90 of 100 requests, 90 of 150 probes.
      operations: fc.constant([
        three,
        call('record', 'L1', 60),
        call('record', 'L2', 30),
        call('record', 'model', 10),
        ...rates(['L1', 'L2', 'L3']),
      ]),
      runs: 1,
    },
    {
      id: 'nothing-recorded',
      title: 'has no rate while there is nothing to share',
      objective: 'edges',
      operations: fc.constant([
        three,
        ...rates(['L1', 'L3']),
        call('record', 'L1', 5),
        ...rates(['L1', 'L2', 'L3']),
      ]),
      runs: 1,
    },
    {
      id: 'none-answered',
      title: 'tells a rate of 0 from no rate',
      objective: 'edges',
      operations: fc.constant([three, call('record', 'model', 4), ...rates(['L1'])]),
      runs: 1,
    },
    {
      id: 'unknown-names',
      title: 'refuses a name that it does not know, and counts nothing for it',
      objective: 'edges',
      operations: fc.constant([
        three,
        call('record', 'L1', 1),
        call('record', 'L9', 1),
        call('requestRate'),
        call('levelRate', 'L9'),
        call('levelRate', 'model'),
      ]),
      runs: 1,
    },
    {
      id: 'thresholds',
      title: 'draws the bands exactly at 70 % and 90 %',
      objective: 'edges',
      operations: thresholds,
      runs: 60,
    },
    {
      id: 'any-sequence',
      title: 'is right for any levels and any requests',
      objective: 'per-level',
      operations: sequences,
      runs: 100,
    },
  ],
};
