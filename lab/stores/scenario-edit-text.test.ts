import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { CATALOGUE } from '../../engine/scenarios/catalogue.ts';
import {
  changed,
  moveAt,
  nodeAt,
  pathAt,
  printJson,
  rangeOf,
  readText,
  removeAt,
  renameAt,
  setAt,
  type Path,
} from './scenario-edit-text.ts';

const TEXT = `{
    "name" : "desk",   "load": {"ratePerS":8.0},
    "path": [ "a", "b" ],
    "stations": {}
}
`;
const tree = readText(TEXT).tree!;
const after = (path: Path, value: unknown): string => changed(TEXT, [setAt(TEXT, tree, path, value)]);

describe('a change', () => {
  it('of a value touches nothing else', () => {
    expect(after(['load', 'ratePerS'], 9)).toBe(TEXT.replace('8.0', '9'));
    expect(after(['path', 1], 'c')).toBe(TEXT.replace('"b"', '"c"'));
  });
  it('adds a setting as its neighbours stand', () => {
    expect(after(['load', 'factor'], 2)).toBe(TEXT.replace('8.0}', '8.0, "factor": 2}'));
    expect(after(['path', 2], 'c')).toBe(TEXT.replace('"b" ]', '"b", "c" ]'));
    expect(after(['durationS'], 60)).toBe(TEXT.replace('{}\n}', '{},\n    "durationS": 60\n}'));
    expect(after(['stations', 'b'], { servers: 1 })).toBe(
      TEXT.replace('{}', '{\n        "b": { "servers": 1 }\n    }'),
    );
  });
  it('makes what is missing around it', () =>
    expect(JSON.parse(after(['caller', 'backoff', 'baseMs'], 5))).toMatchObject({
      caller: { backoff: { baseMs: 5 } },
    }));
  it('takes a setting out with its comma', () => {
    const without = (path: Path): string => changed(TEXT, [removeAt(tree, path)!]);
    expect(without(['name'])).toBe(TEXT.replace('"name" : "desk",   ', ''));
    expect(without(['stations'])).toBe(TEXT.replace(',\n    "stations": {}', ''));
    expect(without(['load', 'ratePerS'])).toBe(TEXT.replace('"ratePerS":8.0', ''));
    expect(without(['path', 0])).toBe(TEXT.replace('"a", ', ''));
  });
  it('moves and renames', () => {
    expect(changed(TEXT, moveAt(TEXT, tree, ['path', 1], -1))).toBe(TEXT.replace('"a", "b"', '"b", "a"'));
    expect(moveAt(TEXT, tree, ['path', 1], 1)).toEqual([]);
    expect(changed(TEXT, [renameAt(tree, ['load'], 'lo"ad')!])).toBe(TEXT.replace('"load"', '"lo\\"ad"'));
  });
  it('keeps a text of one line on one line', () => {
    const text = '{"a":{"b":1},"c":[]}';
    const one = readText(text).tree!;
    expect(changed(text, [setAt(text, one, ['a', 'd'], { e: [1] })])).toBe(
      '{"a":{"b":1,"d":{"e":[1]}},"c":[]}',
    );
    expect(changed(text, [setAt(text, one, ['c', 0], 2)])).toBe('{"a":{"b":1},"c":[2]}');
  });
});

/** Every path of a value. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([key, one]) =>
      pathsOf(one, [...path, Array.isArray(value) ? Number(key) : key]),
    ),
  ];
}

test('for any JSON, setting, adding and removing do to the text what they do to the value', () =>
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { minKeys: 1, maxKeys: 4 }),
      fc.nat(),
      fc.jsonValue({ maxDepth: 1 }),
      fc.boolean(),
      (value, pick, other, pretty) => {
        const text = pretty ? printJson(value, { width: 20 }) : JSON.stringify(value);
        const whole = readText(text).tree!;
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        const paths = pathsOf(JSON.parse(text)).slice(1);
        const path = paths[pick % paths.length]!;
        const key = path.at(-1)!;
        const parentOf = (root: unknown): Record<string, unknown> =>
          path
            .slice(0, -1)
            .reduce<unknown>((at, one) => (at as Record<string, unknown>)[one], root) as Record<
            string,
            unknown
          >;
        const expected = (change: (parent: Record<string, unknown>) => void): unknown => {
          const copy = JSON.parse(text) as unknown;
          change(parentOf(copy));
          return copy;
        };
        const set = JSON.parse(changed(text, [setAt(text, whole, path, other)])) as unknown;
        expect(set).toEqual(JSON.parse(JSON.stringify(expected((parent) => void (parent[key] = other)))));
        const removed = JSON.parse(changed(text, [removeAt(whole, path)!])) as unknown;
        expect(removed).toEqual(
          expected((parent) =>
            Array.isArray(parent) ? void parent.splice(Number(key), 1) : delete parent[key],
          ),
        );
        const fresh = [
          ...path.slice(0, -1),
          typeof key === 'number' ? (parentOf(JSON.parse(text))['length'] as number) : 'fresh-one',
        ];
        const grown = JSON.parse(changed(text, [setAt(text, whole, fresh, 7)])) as unknown;
        expect(grown).toEqual(expected((parent) => void (parent[fresh.at(-1)!] = 7)));
      },
    ),
    { numRuns: 300 },
  ));

describe('places', () => {
  it('are found both ways', () => {
    expect(nodeAt(tree, ['load', 'ratePerS'])!.value).toBe(8);
    expect(nodeAt(tree, ['load', 'nothing', 1])).toBeUndefined();
    const at = TEXT.indexOf('"b"');
    expect(pathAt(tree, at + 1)).toEqual(['path', 1]);
    expect(rangeOf(tree, ['path', 1])).toEqual({ from: at, to: at + 3 });
  });
  it('of what is missing are the name of what it is missing in', () => {
    const at = TEXT.indexOf('"load"');
    expect(rangeOf(tree, ['load', 'factor'])).toEqual({ from: at, to: at + 6 });
    expect(rangeOf(tree, ['durationS'])).toEqual({ from: 0, to: 1 });
  });
});

describe('text that is no JSON', () => {
  it.each([
    ['{"a": 1,}', 8, 'a name in double quotes'],
    ['{"a" 1}', 5, 'a colon'],
    ['{"a": 1 "b": 2}', 8, 'a comma'],
    ['{"a": }', 6, 'a value'],
    ["{'a': 1}", 1, 'a value'],
    ['{"a": 1} 2', 9, 'the end'],
    ['{"a": 1', 7, 'a closing brace'],
    ['// hello\n{}', 0, 'no comment'],
    ['', 0, 'a scenario'],
  ])('%s is wrong at %i', (text, from, expected) => {
    const { faults, value } = readText(text);
    expect(value).toBeUndefined();
    expect(faults[0]).toMatchObject({ from, expected: expect.stringContaining(expected) as string });
  });
  it('names a name that stands twice', () =>
    expect(readText('{"a": 1, "a": 2}').faults).toMatchObject([{ from: 9, to: 12, got: '"a" again' }]));
});

test('the catalogue printed for people is the catalogue, and no line is long but for texts', () => {
  for (const scenario of Object.values(CATALOGUE)) {
    const text = printJson(scenario);
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(scenario)));
    for (const line of text.split('\n'))
      expect(line.length < 100 || /": ".{60,}"|^\s*".{90,}/.test(line)).toBe(true);
  }
});
