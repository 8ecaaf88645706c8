import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from './compile.ts';
import { contextFor, FieldTable } from './fields.ts';
import { printNode } from './format.ts';
import { lex, valueOf, type Unit } from './lexer.ts';
import { parseTokens, type BinaryOperator, type Node } from './parser.ts';
import { check } from './types.ts';

const fields = new FieldTable([
  { name: 'x', type: 'number', description: '' },
  { name: 'y', type: 'number', description: '' },
  { name: 'yes', type: 'boolean', description: '' },
  { name: 'word', type: 'text', description: '' },
  { name: 'other', type: 'text', description: '' },
]);
const span = { from: 0, to: 0 };
const texts = ['', 'a', 'b', 'a "b"', '\\', "it's"];
const smallNumbers = fc.oneof(
  fc.integer({ min: 0, max: 4 }),
  fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
);

const number: fc.Arbitrary<Node> = fc
  .tuple(smallNumbers, fc.constantFrom(null, '%' as const))
  .map(([amount, unit]) => ({ kind: 'number', amount: Math.abs(amount), unit, ...span }));
const text: fc.Arbitrary<Node> = fc.constantFrom(...texts).map((value) => ({ kind: 'text', value, ...span }));
const name = (...names: string[]): fc.Arbitrary<Node> =>
  fc.constantFrom(...names).map((n) => ({ kind: 'name', name: n, ...span }));
const binary = (ops: readonly BinaryOperator[], left: fc.Arbitrary<Node>, right = left): fc.Arbitrary<Node> =>
  fc
    .tuple(fc.constantFrom(...ops), left, right)
    .map(([op, l, r]) => ({ kind: 'binary', op, left: l, right: r, ...span }));
const unary = (op: 'not' | '-', operand: fc.Arbitrary<Node>): fc.Arbitrary<Node> =>
  operand.map((inner) => ({ kind: 'unary', op, operand: inner, ...span }));
const list = (item: fc.Arbitrary<Node>): fc.Arbitrary<Node> =>
  fc.array(item, { minLength: 1, maxLength: 4 }).map((items) => ({ kind: 'list', items, ...span }));

/** Trees that the checker accepts. */
const { condition } = fc.letrec<{ numeric: Node; condition: Node }>((tie) => ({
  numeric: fc.oneof(
    { maxDepth: 4 },
    number,
    name('x', 'y'),
    binary(['+', '-', '*', '/'], tie('numeric')),
    unary('-', tie('numeric')),
    fc
      .tuple(fc.constantFrom('min', 'max'), fc.array(tie('numeric'), { minLength: 2, maxLength: 3 }))
      .map(([n, args]): Node => ({ kind: 'call', name: n, args, ...span })),
    tie('numeric').map((arg): Node => ({ kind: 'call', name: 'abs', args: [arg], ...span })),
  ),
  condition: fc.oneof(
    { maxDepth: 5 },
    fc.boolean().map((value): Node => ({ kind: 'boolean', value, ...span })),
    name('yes'),
    binary(['<', '<=', '>', '>=', '==', '!='], tie('numeric')),
    binary(['==', '!='], fc.oneof(text, name('word', 'other'))),
    binary(['in', 'not in'], fc.oneof(text, name('word', 'other')), list(text)),
    binary(['in', 'not in'], tie('numeric'), list(number)),
    binary(['and', 'or', '==', '!='], tie('condition')),
    unary('not', tie('condition')),
  ),
}));

type Bindings = { x: number; y: number; yes: number; word: string; other: string };
type Value = number | boolean | string | null;

/** The plainest evaluator: walks the tree; null is not known. */
function walk(node: Node, values: Bindings): Value {
  switch (node.kind) {
    case 'number':
      return valueOf(node.amount, node.unit);
    case 'text':
    case 'boolean':
      return node.value;
    case 'name': {
      const value = values[node.name as keyof Bindings];
      if (typeof value === 'string') return value;
      return Number.isNaN(value) ? null : node.name === 'yes' ? value === 1 : value;
    }
    case 'call': {
      const args = node.args.map((arg) => walk(arg, values));
      if (args.includes(null)) return null;
      return known(Math[node.name as 'min'](...(args as number[])));
    }
    case 'unary': {
      const inner = walk(node.operand, values);
      if (inner === null) return null;
      return node.op === 'not' ? !inner : -(inner as number);
    }
    case 'list':
      throw new Error('a list alone');
    case 'binary':
      return walkBinary(node, values);
  }
}

function walkBinary(node: Node & { kind: 'binary' }, values: Bindings): Value {
  const a = walk(node.left, values);
  if (node.op === 'in' || node.op === 'not in') {
    const items = (node.right as Node & { kind: 'list' }).items.map((item) => walk(item, values));
    return a === null ? null : items.includes(a) === (node.op === 'in');
  }
  const b = walk(node.right, values);
  if (node.op === 'and') return a === false || b === false ? false : a === null || b === null ? null : true;
  if (node.op === 'or') return a === true || b === true ? true : a === null || b === null ? null : false;
  if (a === null || b === null) return null;
  if (node.op === '==') return a === b;
  if (node.op === '!=') return a !== b;
  const [m, n] = [a as number, b as number];
  switch (node.op) {
    case '<':
      return m < n;
    case '<=':
      return m <= n;
    case '>':
      return m > n;
    case '>=':
      return m >= n;
    case '+':
      return known(m + n);
    case '-':
      return known(m - n);
    case '*':
      return known(m * n);
    case '/':
      return n === 0 ? null : known(m / n);
  }
}

const known = (x: number): number | null => (Number.isNaN(x) ? null : x);

const bindings = fc.record({
  x: fc.oneof(fc.constantFrom(NaN, Infinity, 0), smallNumbers),
  y: smallNumbers,
  yes: fc.constantFrom(0, 1, NaN),
  word: fc.constantFrom(...texts),
  other: fc.constantFrom(...texts),
});

describe('a compiled condition', () => {
  it('gives what walking its tree gives', () => {
    const context = contextFor(fields);
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(condition, bindings, (root, values) => {
        expect(check(root, fields)).toEqual([]);
        const { x, y, yes, word, other } = values;
        context.numbers.set([x, y, yes]);
        context.texts[3] = word;
        context.texts[4] = other;
        const expected = walk(root, values);
        const got = compile(root, fields).run(context);
        expect(got).toBe(expected === null ? NaN : expected ? 1 : 0);
        seen.set(String(got), (seen.get(String(got)) ?? 0) + 1);
      }),
      { numRuns: 3000 },
    );
    expect([...seen.keys()].sort()).toEqual(['0', '1', 'NaN']);
  });
});

/** Any tree at all, of right types or not. */
const { any } = fc.letrec<{ any: Node }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 7 },
    fc
      .tuple(
        fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
        fc.constantFrom<Unit | null>(null, '%', 'ms', 's', 'min', 'h'),
      )
      .map(([amount, unit]): Node => ({ kind: 'number', amount: Math.abs(amount), unit, ...span })),
    fc.string().map((value): Node => ({ kind: 'text', value: value.replaceAll('\n', ''), ...span })),
    name('x', 'nothing', 'ands', '_1'),
    fc.boolean().map((value): Node => ({ kind: 'boolean', value, ...span })),
    fc.array(tie('any'), { maxLength: 3 }).map((items): Node => ({ kind: 'list', items, ...span })),
    fc.array(tie('any'), { maxLength: 3 }).map((args): Node => ({ kind: 'call', name: 'f', args, ...span })),
    unary('not', tie('any')),
    unary('-', tie('any')),
    binary(['or', 'and', '<', '<=', '>', '>=', '==', '!=', 'in', 'not in', '+', '-', '*', '/'], tie('any')),
  ),
}));

const bare = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, x: unknown) => (key === 'from' || key === 'to' ? undefined : x)));

describe('canonical text', () => {
  it('gives its own tree again', () => {
    let operators = 0;
    fc.assert(
      fc.property(any, (root) => {
        const printed = printNode(root);
        const parsed = parseTokens(printed, lex(printed), printNode);
        if (!parsed.ok) throw new Error(`${printed}: ${JSON.stringify(parsed.mistake)}`);
        expect(bare(parsed.root)).toEqual(bare(root));
        expect(printNode(parsed.root)).toBe(printed);
        if (root.kind === 'binary') operators++;
      }),
      { numRuns: 3000 },
    );
    expect(operators).toBeGreaterThan(100);
  });

  it.each([
    ['x<5   and(y<(0.0+0.30))', 'x < 5 and y < 0 + 0.3'],
    ['((a))and((b or c))', 'a and (b or c)'],
    ['a-(b-c)-d', 'a - (b - c) - d'],
    ['not(a)and not(b<c)', 'not a and not b < c'],
    ['(a<b)==(not c)', '(a < b) == (not c)'],
    ['x in[\'a"b\',"\\\\"]', 'x in ["a\\"b", "\\\\"]'],
    ['1_000ms+5\n%', '1000 ms + 5 %'],
    ['a not  in [1]', 'a not in [1]'],
    ['-(-x)', '--x'],
    ['-(a*b)*-c', '-(a * b) * -c'],
  ])('%s', (typed, printed) => {
    const parsed = parseTokens(typed, lex(typed), printNode);
    expect(parsed.ok ? printNode(parsed.root) : null).toBe(printed);
  });
});
