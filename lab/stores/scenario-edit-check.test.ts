import { describe, expect, it, test } from 'vitest';
import { CATALOGUE } from '../../engine/scenarios/catalogue.ts';
import { checkText, liesIn, pathOf, problemFrom, wordsOf } from './scenario-edit-check.ts';
import { printJson, readText } from './scenario-edit-text.ts';

const SCENARIO = {
  name: 'desk',
  durationS: 60,
  load: { ratePerS: 8 },
  path: ['desk'],
  stations: { desk: { servers: 10, service: { law: 'exponential', meanMs: 1000 } } },
};
const textOf = (change: object): string => printJson({ ...SCENARIO, ...change }, { width: 20 });
/** What stands in the text where the problem is. */
const marked = (text: string) =>
  checkText(text).problems.map(({ from, to, ...rest }) => ({ ...rest, text: text.slice(from, to) }));

test('a scenario that is right has no problems, and its defaults', () => {
  for (const scenario of Object.values(CATALOGUE))
    expect(checkText(printJson(scenario)).problems).toEqual([]);
  expect(checkText(textOf({})).scenario).toMatchObject({ caller: { retries: 0 } });
});

describe('a problem has its place in the text and in the form', () => {
  it('when the text is no JSON', () =>
    expect(marked('{"name": }')).toMatchObject([
      { path: undefined, place: 'JSON', text: '}', expected: 'a value' },
    ]));
  it('when a value is of the wrong kind', () => {
    const text = textOf({ durationS: 'long' });
    expect(marked(text)).toEqual([
      {
        path: ['durationS'],
        place: 'durationS',
        text: '"long"',
        expected: 'a number',
        got: '"long"',
        advice: '',
      },
    ]);
  });
  it('when there are several', () => {
    const text = textOf({
      durationS: -1,
      load: { ratePerS: null },
      stations: { desk: { servers: 0.5, service: { law: 'exponential', meanMs: 0 } } },
    });
    expect(marked(text).map(({ path, text: at }) => [path?.join('.'), at])).toEqual([
      ['durationS', '-1'],
      ['load.ratePerS', 'null'],
      ['stations.desk.servers', '0.5'],
      ['stations.desk.service.meanMs', '0'],
    ]);
  });
  it('when something is missing', () =>
    expect(marked(textOf({ load: {} }))).toMatchObject([
      { path: ['load', 'ratePerS'], text: '"load"', got: 'nothing' },
    ]));
  it('when a name is unknown', () =>
    expect(marked(textOf({ load: { ratePerS: 1, factr: 2 } }))).toMatchObject([
      { path: ['load', 'factr'], text: '2', advice: 'Did you mean "factor"?' },
    ]));
  it('when a variant has no such kind', () =>
    expect(marked(textOf({ population: { kind: 'zapf' } }))).toMatchObject([
      { path: ['population', 'kind'], text: '"zapf"' },
    ]));
  it.each<[object, (string | number)[], string]>([
    [{ path: ['desk', 'dek'] }, ['path', 1], '"dek"'],
    [{ warmupS: 60 }, ['warmupS'], '60'],
    [{ startsAt: '25' }, ['startsAt'], '"25"'],
    [{ events: [{ at: 'soon', label: 'x', set: {} }] }, ['events', 0, 'at'], '"soon"'],
    [
      { startsAt: '02:00:00', events: [{ at: '01:00:00', label: 'x', set: {} }] },
      ['events', 0, 'at'],
      '"01:00:00"',
    ],
    [{ intervalS: 0.0001 }, ['intervalS'], '0.0001'],
    [
      {
        load: {
          ratePerS: 1,
          profile: [
            { atS: 5, factor: 1 },
            { atS: 5, factor: 2 },
          ],
        },
      },
      ['load', 'profile', 1, 'atS'],
      '5',
    ],
    [{ controls: { ttl: { tiers: ['l9'] } } }, ['controls', 'ttl', 'tiers', 0], '"l9"'],
  ])('when settings do not fit together: %j', (change, path, text) =>
    expect(marked(textOf(change))).toMatchObject([{ path, text }]),
  );
});

test('a problem says what was expected, what was got, and what to do', () => {
  const [problem] = checkText(textOf({ path: ['dek'] })).problems;
  expect(wordsOf(problem!)).toBe(
    'Expected the name of a tier or a station of this scenario, got "dek". Defined are: desk.',
  );
  expect([liesIn(problem!, ['path']), liesIn(problem!, ['path', 0]), liesIn(problem!, ['load'])]).toEqual([
    true,
    true,
    false,
  ]);
});

test('what only a run knows comes from its message', () => {
  const text = textOf({ events: [{ at: 1, label: 'x', set: { 'load.factr': 2, 'load.factor': 'much' } }] });
  const read = readText(text);
  const unknown =
    'events.0.set: expected a setting that may change while the run goes on, got "load.factr". Did you mean "load.factor"?';
  expect(problemFrom(unknown, read)).toMatchObject({
    path: ['events', 0, 'set'],
    got: '"load.factr"',
    advice: 'Did you mean "load.factor"?',
  });
  const value = 'events.0.set load.factor: expected a number from 0 to 1000, got "much".';
  const problem = problemFrom(value, read);
  expect(problem).toMatchObject({
    path: ['events', 0, 'set', 'load.factor'],
    expected: 'a number from 0 to 1000',
    advice: '',
  });
  expect(text.slice(problem.from, problem.to)).toBe('"much"');
  expect(problemFrom('out of memory', read)).toMatchObject({ path: [], got: 'out of memory' });
});

test.each<[string, (string | number)[]]>([
  ['models.gpt-4.1.station', ['models', 'gpt-4.1', 'station']],
  ['levers.l3', ['levers', 0]],
  ['presets.rescue.pulls: lever', ['presets', 'rescue', 'pulls']],
  ['gateway.budgets.3.scope', ['gateway', 'budgets']],
  ['rules.0.when', ['gateway', 'rules', 0, 'when']],
  ['nothing.at.all', []],
])('%s is a path', (place, path) =>
  expect(
    pathOf(place, {
      models: { 'gpt-4.1': { station: 'a' }, 'gpt-4': {} },
      levers: [{ id: 'l3' }],
      presets: { rescue: { pulls: {} } },
      gateway: { budgets: [], rules: [{ when: '' }] },
    }),
  ).toEqual(path),
);
