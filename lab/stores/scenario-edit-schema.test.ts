import * as v from 'valibot';
import { describe, expect, it, test } from 'vitest';
import { CATALOGUE } from '../../engine/scenarios/catalogue.ts';
import { scenarioSchema } from '../../engine/simulation/scenario.ts';
import { labelOf } from './scenario-edit-labels.ts';
import { manualOf, readManual } from './scenario-edit-manual.ts';
import {
  fieldAt,
  fieldOf,
  groupOf,
  leastOf,
  SCENARIO_FIELD,
  type Field,
  type GroupField,
} from './scenario-edit-schema.ts';
import { changed, printJson, readText, setAt, type Path } from './scenario-edit-text.ts';

type Schema = Parameters<typeof fieldOf>[0];
const of = (schema: v.GenericSchema): Field => fieldOf(schema as unknown as Schema);

/** Every group of the form, with its path; lists and names have a star. */
function groupsOf(field: Field, path: string[] = []): { path: string[]; group: GroupField }[] {
  switch (field.kind) {
    case 'group':
      return [
        { path, group: field },
        ...field.entries.flatMap(([key, one]) => groupsOf(one, [...path, key])),
      ];
    case 'variant':
      return field.options.flatMap(({ name, group }) => groupsOf(group, [...path, `<${name}>`]));
    case 'list':
      return groupsOf(field.item, [...path, '*']);
    case 'named':
      return groupsOf(field.value, [...path, '*']);
    default:
      return [];
  }
}
const GROUPS = groupsOf(SCENARIO_FIELD);

describe('fields', () => {
  it('have the bounds of their schema', () => {
    expect(of(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(9)))).toMatchObject({
      kind: 'number',
      whole: true,
      min: 1,
      max: 9,
    });
    expect(of(v.optional(v.nullable(v.pipe(v.number(), v.gtValue(0))), null))).toMatchObject({
      ...{ kind: 'number', above: 0, nullable: true, optional: true, fallback: null },
    });
    expect(fieldAt(['stations', 'a', 'servers'], {})).toMatchObject({
      min: 1,
      max: 1_000_000,
      nullable: true,
      fallback: 1,
    });
    expect(fieldAt(['tiers', 'l1', 'level'], {})).toMatchObject({
      kind: 'pick',
      options: ['l1', 'l2', 'l3', 'l4'],
    });
    expect(fieldAt(['traffic', 'agents', 0, 'complexity'], {})).toMatchObject({
      kind: 'list',
      least: 2,
      most: 2,
      fixed: true,
    });
    expect(fieldAt(['events', 0, 'at'], {})).toMatchObject({ kind: 'plain', takes: ['number', 'string'] });
  });
  it('of a variant are those of its kind', () => {
    const law = { law: 'lognormal' };
    const whole = { stations: { a: { service: law } } };
    const field = fieldAt(['stations', 'a', 'service'], whole)!;
    expect(groupOf(field, law)!.entries.map(([key]) => key)).toEqual(['meanMs', 'sigma']);
    expect(fieldAt(['stations', 'a', 'service', 'sigma'], whole)).toMatchObject({ max: 5 });
    expect(groupOf(field, { law: 'unknown' })).toBeUndefined();
    expect(fieldAt(['gateway', 'budgets', 0, 'scope', 'kind'], {})).toMatchObject({
      options: ['global', 'tenant', 'agentType', 'model'],
    });
  });
});

test('the whole schema is known to the form: the only settings of any JSON are those of a strategy', () => {
  const any = GROUPS.flatMap(({ path, group }) =>
    group.entries
      .filter(([, one]) => one.kind === 'any' || (one.kind === 'named' && one.value.kind === 'any'))
      .map(([key]) => [...path, key].join('.')),
  );
  expect(any).toEqual(['strategies.*.off', 'strategies.*.on']);
  expect(GROUPS.length).toBeGreaterThan(60);
});

test('every setting has a name, and no two of a group have the same one', () => {
  for (const { path, group } of GROUPS) {
    const seen = new Set<string>();
    for (const [key] of group.entries) {
      const { label, unit } = labelOf(key);
      expect(label, `${path.join('.')}.${key}`).toMatch(/^[A-Z0-9][\w %/-]*$/i);
      expect(label.replace('CoDel', '')).not.toMatch(/[a-z][A-Z][a-z]/);
      expect(seen.has(`${label} ${unit}`), `${path.join('.')}: ${label}`).toBe(false);
      seen.add(`${label} ${unit}`);
    }
  }
});

test.each([
  ['timeoutMs', 'Timeout', 'ms'],
  ['ratePerS', 'Rate', '/ s'],
  ['durationS', 'Duration', 's'],
  ['usdPerMTokens', 'Price', 'USD / M tokens'],
  ['budgetUsdPerDay', 'Budget', 'USD / day'],
  ['capacityEntries', 'Capacity', 'entries'],
  ['ttlS', 'TTL', 's'],
  ['maxQueue', 'Max queue', ''],
  ['classes', 'Classes', ''],
])('%s is %s in %s', (key, label, unit) => expect(labelOf(key)).toEqual({ label, unit }));

describe('the least that is added', () => {
  it.each(
    GROUPS.flatMap(({ path, group }) =>
      group.entries.map(([key, field]) => [[...path, key].join('.'), field] as const),
    ),
  )('%s is a value of its kind', (_, field) => {
    const value = leastOf(field);
    if (field.kind === 'number')
      expect([
        (field.min ?? -Infinity) <= (value as number),
        (field.max ?? Infinity) >= (value as number),
      ]).toEqual([true, true]);
    else expect(value).toBeDefined();
  });
  it.each([
    'caller',
    'memory',
    'traffic',
    'controls',
    'objectives',
    'view',
    'fleet',
    'population',
    'gateway',
  ])('of %s is taken by the schema', (key) => {
    const field = SCENARIO_FIELD.entries.find(([name]) => name === key)![1];
    const result = v.safeParse(scenarioSchema.entries[key as 'caller'], leastOf(field));
    expect(result.issues?.map(({ message, path }) => [message, path?.map((one) => one.key)])).toBeUndefined();
  });
});

/** Every plain value, with its path. */
function leaves(value: unknown, path: Path = []): { path: Path; value: unknown }[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  return Object.entries(value).flatMap(([key, one]) =>
    leaves(one, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}
const FITS: Partial<Record<Field['kind'], (value: unknown) => boolean>> = {
  number: (value) => typeof value === 'number',
  text: (value) => typeof value === 'string',
  switch: (value) => typeof value === 'boolean',
};

describe.each(Object.values(CATALOGUE).map((scenario) => [scenario.name, scenario] as const))(
  '%s',
  (_, scenario) => {
    const text = printJson(scenario);
    const { tree, value } = readText(text);
    it('has a field for each of its values, which writes the same JSON', () => {
      for (const leaf of leaves(value)) {
        const field = fieldAt(leaf.path, value);
        expect(field, leaf.path.join('.')).toBeDefined();
        const fits =
          (leaf.value === null && field!.nullable) ||
          (field!.kind === 'pick' && field.options.includes(leaf.value as string)) ||
          (field!.kind === 'plain' && (field.takes as string[]).includes(typeof leaf.value)) ||
          field!.kind === 'any' ||
          (FITS[field!.kind]?.(leaf.value) ?? false);
        expect(fits, `${leaf.path.join('.')} as ${field!.kind}`).toBe(true);
        expect(changed(text, [setAt(text, tree!, leaf.path, leaf.value)])).toBe(text);
      }
    });
  },
);

describe('the manual', () => {
  it('is read by its tables', () => {
    const words = readManual(
      '## `load`\n\n| setting | default | meaning |\n|---|---|---|\n| `shedShare`, `shedMs` | 0, 1 | share **refused** \\| so |\n| `x` | – | – |',
    );
    expect([...words]).toEqual([
      ['load.shedShare', 'Share refused | so'],
      ['load.shedMs', 'Share refused | so'],
    ]);
  });
  it.each<[Path, string]>([
    [['durationS'], 'Length of the run'],
    [['load', 'ratePerS'], 'Requests a second'],
    [['stations', 'pool', 'codel', 'targetMs'], 'The wait that may stand'],
    [['stations', 'pool', 'replicas', 'choices'], 'How many are compared'],
    [['stations', 'pool', 'maxQueue'], 'Places to wait'],
    [['caller', 'breaker', 'windowMs'], ''],
    [['caller', 'hedge', 'delayMs'], 'The wait before the second call'],
    [['memory', 'process', 'collectAt'], 'The module'],
    [['gateway', 'budgetMode'], ''],
    [['traffic', 'agents', 0, 'turns'], 'Mean requests'],
  ])('says something of %j', (path, begin) => {
    const found = manualOf(path);
    if (begin) expect(found).toContain(begin);
  });
  it('says nothing of what it does not know', () => expect(manualOf(['load', 'nothing'])).toBeUndefined());
  it('describes most settings', () => {
    const all = GROUPS.flatMap(({ path, group }) =>
      group.entries.map(([key]) => [...path.filter((one) => !/[*<]/.test(one)), key]),
    );
    const told = all.filter((path) => manualOf(path) !== undefined);
    expect(told.length / all.length).toBeGreaterThan(0.5);
  });
});
