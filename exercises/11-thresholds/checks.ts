import fc from 'fast-check';
import type { Checks, Oracle } from '../format.ts';
import { returns } from '../grader/expectation.ts';
import { argumentsOf, call, create } from '../grader/operations.ts';
import type { Operation } from '../grader/protocol.ts';
import { decode } from '../grader/values.ts';

const alertsAt = [50, 80, 90, 100];
const actionsAt: [string, number][] = [
  ['cheaper-models', 80],
  ['defer', 90],
  ['scale-down', 95],
  ['stop', 100],
];

/** What is on is read from the whole history of the period each time: nothing is remembered but the amounts. */
function oracle(): Oracle {
  let limit = 1;
  let history: number[] = [0];

  /** `cents` are at `percent` of the limit or above: in whole numbers. */
  const reaches = (cents: number, percent: number) => cents * 100 >= percent * limit;
  const falls = (cents: number, percent: number) => cents * 100 <= (percent - 5) * limit;
  function isOn(at: number, upTo: number): boolean {
    for (let i = upTo; i >= 0; i--) {
      if (reaches(history[i], at)) return true;
      if (falls(history[i], at)) return false;
    }
    return false;
  }
  const wasReached = (at: number, upTo: number) => history.slice(0, upTo + 1).some((c) => reaches(c, at));
  const onNow = (upTo: number) => actionsAt.filter(([, at]) => isOn(at, upTo)).map(([name]) => name);

  function happens(now: number): string[] {
    const off = actionsAt
      .filter(([, at]) => isOn(at, now - 1) && !isOn(at, now))
      .map(([name]) => `off ${name}`)
      .reverse();
    const alerts = alertsAt
      .filter((at) => wasReached(at, now) && !wasReached(at, now - 1))
      .map((at) => ({ at, text: `alert ${at}` }));
    const on = actionsAt
      .filter(([, at]) => !isOn(at, now - 1) && isOn(at, now))
      .map(([name, at]) => ({ at, text: `on ${name}` }));
    // A stable sort: the alert of a level stays before its action.
    return [...off, ...[...alerts, ...on].sort((a, b) => a.at - b.at).map(({ text }) => text)];
  }

  return (operation, answer) => {
    if (operation.do === 'new') {
      [limit] = argumentsOf(operation) as [number];
      return returns(undefined);
    }
    const method = operation.do === 'call' ? operation.method : '';
    const now = history.length - 1;
    if (method === 'active')
      return returns(onNow(now), { note: `The share is ${share(history[now], limit)}. ${stays}` });
    if (method === 'newPeriod') {
      const off = onNow(now)
        .map((name) => `off ${name}`)
        .reverse();
      history = [0];
      return returns(off, {
        note: 'A new period starts with nothing spent, no alert sent and no action on. What was on is switched off, the highest first.',
      });
    }
    const [cents] = argumentsOf(operation) as [number];
    history.push(cents);
    const right = happens(now + 1);
    return returns(right, {
      note: `The share went from ${share(history[now], limit)} to ${share(cents, limit)}. ${why(right, decode(answer.value))}`,
    });
  };
}

const share = (cents: number, limit: number) => `${Math.round((10_000 * cents) / limit) / 100} %`;
const stays =
  'An action that is on stays on until the share has fallen 5 points below its level, or further.';

/** What is usually behind the first text that is missing or too much. */
function why(right: string[], got: unknown): string {
  if (!Array.isArray(got)) return 'The answer is a list of texts.';
  const texts = got.map(String);
  const missing = right.find((text) => !texts.includes(text));
  const extra = texts.find((text) => !right.includes(text));
  if (extra?.startsWith('alert'))
    return `“${extra}” too much: an alert comes once in a period, when its level is first reached.`;
  if (extra?.startsWith('off')) return `“${extra}” too much: ${stays[0].toLowerCase()}${stays.slice(1)}`;
  if (extra) return `“${extra}” too much: an action is switched on when its level is reached and it is off.`;
  if (missing?.startsWith('off'))
    return `“${missing}” is missing: exactly 5 points below its level is enough (in floating point, 0.95 - 0.05 is less than 0.9).`;
  if (missing)
    return `“${missing}” is missing: a level is reached at it or above it, and a jump reaches all levels on its way.`;
  return 'The order: going up from the lowest level to the highest, the alert before the action; going down the highest first.';
}

const limitCents = 200;
/** Up, down, and around the levels: half per cents of the limit. */
const amount = fc.oneof(
  fc.constantFrom(100, 150, 160, 170, 180, 190, 200),
  fc.constantFrom(99, 151, 159, 171, 179, 181, 189, 191, 199),
  fc.integer({ min: 0, max: 260 }),
);
const steps = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: amount.map((cents) => call('spent', cents)) },
    { weight: 1, arbitrary: fc.constantFrom(call('newPeriod'), call('active')) },
  ),
  { maxLength: 25, size: 'max' },
);
const told = (...amounts: (number | Operation)[]): Operation[] => [
  create('BudgetGuard', limitCents),
  ...amounts.map((one) => (typeof one === 'number' ? call('spent', one) : one)),
];
const byHand = (...amounts: (number | Operation)[]) => fc.constant(told(...amounts));

export const checks: Checks = {
  oracle,
  checks: [
    {
      id: 'one-level-after-another',
      title: 'alerts and acts at each level on the way up',
      objective: 'alert-once',
      operations: byHand(99, 100, 160, 180, 190, 200, call('active')),
      runs: 1,
    },
    {
      id: 'once',
      title: 'does not repeat itself, however the spend moves',
      objective: 'alert-once',
      operations: byHand(100, 101, 90, 100, 160, 161),
      runs: 1,
    },
    {
      id: 'jump',
      title: 'reports every level that a jump passes',
      objective: 'alert-once',
      operations: byHand(184, call('newPeriod'), 260, call('active')),
      runs: 1,
    },
    {
      id: 'does-not-flap',
      title: 'keeps an action on until the share is 5 points below its level',
      objective: 'hysteresis',
      operations: byHand(160, 159, 160, 151, call('active'), 150, call('active')),
      runs: 1,
    },
    {
      id: 'on-again',
      title: 'switches an action on again, without a second alert',
      objective: 'hysteresis',
      operations: byHand(160, 140, 160),
      runs: 1,
    },
    {
      id: 'all-the-way-down',
      title: 'switches off from the highest to the lowest',
      objective: 'hysteresis',
      operations: byHand(200, 185, 60),
      runs: 1,
    },
    {
      id: 'new-period',
      title: 'starts a new period with nothing left over',
      objective: 'new-period',
      operations: byHand(
        190,
        call('newPeriod'),
        call('active'),
        100,
        160,
        call('newPeriod'),
        call('newPeriod'),
      ),
      runs: 1,
    },
    {
      id: 'any-sequence',
      title: 'is right in any sequence',
      objective: 'hysteresis',
      operations: steps.map((asked) => told(...asked)),
      runs: 200,
    },
  ],
};
