import { nearest } from '../../core/errors.ts';
import type { FieldTable } from './fields.ts';
import { printNode, quote } from './format.ts';
import { COMPARISON_PRECEDENCE, PRECEDENCE, type Node } from './parser.ts';
import type { Mistake, Span } from './rule-error.ts';

/**
 * Type of a node. `plain` is a number without a unit: it goes with numbers and, as milliseconds, with durations, while
 * numbers and durations do not mix. `unknown` has been reported already and goes with everything.
 */
type Type = 'number' | 'plain' | 'duration' | 'boolean' | 'text' | 'choice' | 'list' | 'unknown';

export const FUNCTIONS: Readonly<
  Record<'min' | 'max' | 'abs', { args: string; least: number; most: number }>
> = {
  min: { args: 'two numbers or more', least: 2, most: Infinity },
  max: { args: 'two numbers or more', least: 2, most: Infinity },
  abs: { args: 'one number', least: 1, most: 1 },
};

const CALLED: Readonly<Record<Type, string>> = {
  number: 'a number',
  plain: 'a number',
  duration: 'a duration',
  boolean: 'a condition',
  text: 'a text',
  choice: 'a text',
  list: 'a list',
  unknown: 'a value',
};

const isNumeric = (type: Type): boolean =>
  type === 'number' || type === 'plain' || type === 'duration' || type === 'unknown';

/** Mistakes in the names and types of a condition, in the order of the text; empty when there are none. */
export function check(root: Node, fields: FieldTable): Mistake[] {
  const checker = new Checker(fields);
  checker.want(
    root,
    'boolean',
    'a condition, true or false, as the whole rule',
    'Compare it with something.',
  );
  return checker.mistakes.sort((a, b) => a.from - b.from);
}

class Checker {
  readonly mistakes: Mistake[] = [];
  constructor(private readonly fields: FieldTable) {}

  want(node: Node, type: 'boolean' | 'number', expected: string, advice = ''): Type {
    const is = this.type(node);
    const right = type === 'number' ? isNumeric(is) : is === 'boolean' || is === 'unknown';
    if (right) return is;
    this.report(node, expected, this.describe(node, is), advice);
    return 'unknown';
  }

  private type(node: Node): Type {
    switch (node.kind) {
      case 'number':
        return node.unit === null || node.unit === '%' ? 'plain' : 'duration';
      case 'text':
      case 'boolean':
        return node.kind;
      case 'name':
        return this.nameType(node);
      case 'list':
        for (const item of node.items) this.type(item);
        return 'list';
      case 'call':
        return this.callType(node);
      case 'unary':
        if (node.op === 'not') {
          this.want(node.operand, 'boolean', 'a condition after `not`');
          return 'boolean';
        }
        return this.want(node.operand, 'number', 'a number after `-`');
      case 'binary':
        return this.binaryType(node);
    }
  }

  private nameType(node: Node & { kind: 'name' }): Type {
    const field = this.fields.get(node.name);
    if (field !== undefined) return field.type;
    const meant = nearest(node.name, this.fields.names);
    this.report(
      node,
      'a field',
      `the unknown name \`${node.name}\``,
      meant === undefined ? `The fields are ${this.fields.names.join(', ')}.` : `Did you mean \`${meant}\`?`,
    );
    return 'unknown';
  }

  private callType(node: Node & { kind: 'call' }): Type {
    if (!Object.hasOwn(FUNCTIONS, node.name)) {
      const meant = nearest(node.name, Object.keys(FUNCTIONS));
      const advice =
        meant === undefined ? 'The functions are min, max and abs.' : `Did you mean \`${meant}\`?`;
      const span = { from: node.from, to: node.from + node.name.length };
      this.report(span, 'a function', `the unknown name \`${node.name}\``, advice);
      for (const arg of node.args) this.type(arg);
      return 'unknown';
    }
    const { args, least, most } = FUNCTIONS[node.name as keyof typeof FUNCTIONS];
    if (node.args.length < least || node.args.length > most)
      this.report(node, `${args} for \`${node.name}\``, String(node.args.length));
    let type: Type = 'plain';
    for (const arg of node.args) {
      const own = this.want(arg, 'number', `a number for \`${node.name}\``);
      type = this.join(arg, type, own, `\`${node.name}\``);
    }
    return type;
  }

  private binaryType(node: Node & { kind: 'binary' }): Type {
    const { op, left, right } = node;
    if (op === 'and' || op === 'or') {
      this.want(left, 'boolean', `a condition beside \`${op}\``);
      this.want(right, 'boolean', `a condition beside \`${op}\``);
      return 'boolean';
    }
    if (op === 'in' || op === 'not in') return this.membership(node);
    if (PRECEDENCE[op] === COMPARISON_PRECEDENCE) return this.comparison(node);
    const a = this.want(left, 'number', `a number beside \`${op}\``);
    const b = this.want(right, 'number', `a number beside \`${op}\``);
    if (op === '+' || op === '-') return this.join(right, a, b, `\`${printNode(left)}\``);
    if (a === 'unknown' || b === 'unknown') return 'unknown';
    if (op === '/' && b === 'duration') return 'number';
    return a === 'duration' || b === 'duration' ? 'duration' : a === 'plain' ? b : a;
  }

  private comparison(node: Node & { kind: 'binary' }): Type {
    const { op, left, right } = node;
    const [a, b] = [this.type(left), this.type(right)];
    const orders = op !== '==' && op !== '!=';
    if (a === 'unknown' || b === 'unknown') return 'boolean';
    if (isNumeric(a) && isNumeric(b)) this.join(right, a, b, `\`${printNode(left)}\``);
    else if (a === 'list' || b === 'list')
      this.report(a === 'list' ? left : right, 'one value', 'a list', 'To look into a list, use `in`.');
    else if (CALLED[a] !== CALLED[b]) {
      // The field is what was meant; the other side is what is wrong.
      const blameLeft = right.kind === 'name' && left.kind !== 'name';
      const [wrong, is, other, asked] = blameLeft ? [left, a, right, b] : [right, b, left, a];
      this.mismatch(wrong, is, other, asked);
    } else if (orders)
      this.report(node, `numbers beside \`${op}\``, `${CALLED[a]} on both sides`, orderAdvice(a, b));
    else if (a === 'choice' && b !== 'choice') this.choice(left, right);
    else if (b === 'choice' && a !== 'choice') this.choice(right, left);
    return 'boolean';
  }

  private mismatch(wrong: Node, is: Type, other: Node, asked: Type): void {
    const expected = `${CALLED[asked]} to compare with \`${printNode(other)}\``;
    this.report(wrong, expected, this.describe(wrong, is));
  }

  private membership(node: Node & { kind: 'binary' }): Type {
    const { left, right, op } = node;
    const a = this.type(left);
    if (right.kind !== 'list') {
      const b = this.type(right);
      if (b !== 'unknown')
        this.report(
          right,
          `a list after \`${op}\``,
          this.describe(right, b),
          'A list is written `["a", "b"]`.',
        );
      return 'boolean';
    }
    if (right.items.length === 0) this.report(right, 'a list with something in it', 'an empty one');
    if (!isNumeric(a) && a !== 'text' && a !== 'choice')
      this.report(left, `a number or a text before \`${op}\``, this.describe(left, a));
    for (const item of right.items) this.element(left, a, item);
    return 'boolean';
  }

  private element(left: Node, asked: Type, item: Node): void {
    const is = this.type(item);
    if (is === 'unknown') return;
    if (item.kind !== 'text' && constantOf(item) === null)
      this.report(item, 'only texts or only numbers in a list', this.describe(item, is));
    else if (asked === 'unknown' || asked === 'boolean' || asked === 'list') return;
    else if (CALLED[asked] !== CALLED[is] && !(isNumeric(asked) && isNumeric(is)))
      this.mismatch(item, is, left, asked);
    else if (asked === 'choice') this.choice(left, item);
    else if (asked !== 'text') this.join(item, asked, is, `\`${printNode(left)}\``);
  }

  /** @param field a node of type choice, which only a name has. */
  private choice(field: Node, value: Node): void {
    const name = printNode(field);
    const values = this.fields.get(name)?.values ?? [];
    if (value.kind === 'text' && values.includes(value.value)) return;
    const meant = value.kind === 'text' ? nearest(value.value, values) : undefined;
    this.report(
      value,
      `one of ${values.map(quote).join(', ')} to compare with \`${name}\``,
      this.describe(value, 'text'),
      meant === undefined ? '' : `Did you mean ${quote(meant)}?`,
    );
  }

  /** Type of two numbers together; numbers and durations do not mix. */
  private join(node: Node, a: Type, b: Type, other: string): Type {
    if (a === 'unknown' || b === 'unknown') return 'unknown';
    if (a === 'plain') return b;
    if (b === 'plain' || a === b) return a;
    this.report(node, `${CALLED[a]} to go with ${other}`, this.describe(node, b), 'Their units differ.');
    return 'unknown';
  }

  private describe(node: Node, type: Type): string {
    if (node.kind === 'text') return `the text ${quote(node.value)}`;
    return node.kind === 'name' ? `\`${node.name}\`, ${CALLED[type]}` : CALLED[type];
  }

  private report(span: Span, expected: string, got: string, advice = ''): void {
    this.mistakes.push({ from: span.from, to: span.to, expected, got, advice });
  }
}

function orderAdvice(a: Type, b: Type): string {
  if (a === 'choice' || b === 'choice')
    return 'Names have no order here; list them: `in ["critical", "high"]`.';
  return a === 'text' ? 'Texts have no order; use `==`, `!=` or `in`.' : 'Use `==`, `and`, `or` or `not`.';
}

/** The number literal behind a node, minus signs included; null for anything else. */
export function constantOf(node: Node): (Node & { kind: 'number' }) | null {
  let inner = node;
  while (inner.kind === 'unary' && inner.op === '-') inner = inner.operand;
  return inner.kind === 'number' ? inner : null;
}
