import { nearest } from '../../core/errors.ts';
import { KEYWORDS, mistakeOf, type Token, type Unit } from './lexer.ts';
import type { Mistake, Span } from './rule-error.ts';

export type BinaryOperator = 'or' | 'and' | Comparison | 'in' | 'not in' | '+' | '-' | '*' | '/';
export type Comparison = '<' | '<=' | '>' | '>=' | '==' | '!=';

/** The tree of an expression. Spans leave out surrounding parentheses. */
export type Node = Span &
  (
    | { kind: 'number'; amount: number; unit: Unit | null }
    | { kind: 'text'; value: string }
    | { kind: 'boolean'; value: boolean }
    | { kind: 'name'; name: string }
    | { kind: 'list'; items: Node[] }
    | { kind: 'call'; name: string; args: Node[] }
    | { kind: 'unary'; op: 'not' | '-'; operand: Node }
    | { kind: 'binary'; op: BinaryOperator; left: Node; right: Node }
  );

/** Parentheses, lists, calls, `not` and minus signs inside each other. Chains such as `a and b and c` do not count. */
export const MAX_DEPTH = 64;

/** From loose to tight. Comparisons, `in` among them, do not chain; the others group from the left. */
export const PRECEDENCE: Readonly<Record<BinaryOperator, number>> = {
  or: 1,
  and: 2,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '==': 4,
  '!=': 4,
  in: 4,
  'not in': 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
};
/** `not` takes a whole comparison, as in Python: `not a < b` is `not (a < b)`. */
export const NOT_PRECEDENCE = 3;
export const COMPARISON_PRECEDENCE = 4;
export const MINUS_PRECEDENCE = 7;

/** The parser's way out; never leaves this file. */
class Stop extends Error {
  constructor(readonly mistake: Mistake) {
    super();
  }
}

/**
 * Tree of the tokens of a text, or the first mistake in it. A Pratt parser (Pratt 1973, "Top down operator precedence"):
 * each operator has a precedence, and an operand ends where a looser one follows.
 * @param print writes a node as text, for advice.
 */
export function parseTokens(
  text: string,
  tokens: readonly Token[],
  print: (node: Node) => string,
): { ok: true; root: Node } | { ok: false; mistake: Mistake } {
  try {
    return { ok: true, root: new Parser(text, tokens, print).whole() };
  } catch (error) {
    if (error instanceof Stop) return { ok: false, mistake: error.mistake };
    throw error;
  }
}

class Parser {
  private at = 0;
  private depth = 0;

  constructor(
    private readonly text: string,
    private readonly tokens: readonly Token[],
    private readonly print: (node: Node) => string,
  ) {}

  whole(): Node {
    const root = this.expression(0);
    const rest = this.peek();
    if (rest !== undefined) this.unexpected('an operator, such as `and`', this.strayAdvice(rest));
    return root;
  }

  private expression(least: number): Node {
    let left = this.operand(least);
    let compared = false;
    for (;;) {
      const op = this.binaryOperator();
      if (op === null || PRECEDENCE[op] < least) return left;
      const compares = PRECEDENCE[op] === COMPARISON_PRECEDENCE;
      if (compares && compared) this.chained(left as Node & { kind: 'binary' }, op);
      compared = compares;
      this.at += op === 'not in' ? 2 : 1;
      const right = this.expression(PRECEDENCE[op] + 1);
      left = { kind: 'binary', op, left, right, from: left.from, to: right.to };
    }
  }

  private chained(left: Node & { kind: 'binary' }, op: BinaryOperator): never {
    const [a, b] = [this.print(left.left), this.print(left.right)];
    this.unexpected(
      'one comparison at a time',
      `Comparisons do not chain: write \`${a} ${left.op} ${b} and ${b} ${op} …\`.`,
    );
  }

  private operand(least: number): Node {
    const token = this.peek();
    if (token === undefined) this.unexpected('a value');
    switch (token.kind) {
      case 'number':
        this.at++;
        return { kind: 'number', amount: token.amount, unit: token.unit, from: token.from, to: token.to };
      case 'text':
        this.at++;
        return { kind: 'text', value: token.value, from: token.from, to: token.to };
      case 'name':
        this.at++;
        return this.is('(') ? this.call(token.value, token) : this.name(token.value, token);
      case 'keyword':
        if (token.value === 'true' || token.value === 'false') {
          this.at++;
          return { kind: 'boolean', value: token.value === 'true', from: token.from, to: token.to };
        }
        if (token.value === 'not') return this.negation(token, least);
        break;
      case 'operator':
        if (token.value === '-')
          return this.nested(token, () => {
            this.at++;
            const operand = this.expression(MINUS_PRECEDENCE);
            return { kind: 'unary', op: '-', operand, from: token.from, to: operand.to };
          });
        break;
      case 'bracket':
        if (token.value === '(') return this.parenthesis(token);
        if (token.value === '[') return this.list(token);
        break;
    }
    this.unexpected('a value', token.kind === 'operator' && token.value === '+' ? 'Leave the sign out.' : '');
  }

  private name(name: string, token: Span): Node {
    if (this.is('[')) this.unexpected('an operator', 'A field has no elements; write its name alone.');
    return { kind: 'name', name, from: token.from, to: token.to };
  }

  private negation(token: Token, least: number): Node {
    if (least > NOT_PRECEDENCE)
      this.unexpected('a value', 'Put `not` and what it denies in parentheses: `(not …)`.');
    return this.nested(token, () => {
      this.at++;
      const operand = this.expression(NOT_PRECEDENCE);
      return { kind: 'unary', op: 'not', operand, from: token.from, to: operand.to };
    });
  }

  private parenthesis(token: Token): Node {
    return this.nested(token, () => {
      this.at++;
      const inner = this.expression(0);
      this.close(')', token);
      return inner;
    });
  }

  private list(token: Token): Node {
    return this.nested(token, () => {
      this.at++;
      const items = this.items(']', token);
      return { kind: 'list', items, from: token.from, to: this.tokens[this.at - 1]!.to };
    });
  }

  private call(name: string, token: Token): Node {
    return this.nested(token, () => {
      const open = this.peek()!;
      this.at++;
      const args = this.items(')', open);
      return { kind: 'call', name, args, from: token.from, to: this.tokens[this.at - 1]!.to };
    });
  }

  private items(end: ')' | ']', open: Span): Node[] {
    const items: Node[] = [];
    if (!this.is(end)) {
      do items.push(this.expression(0));
      while (this.take(','));
    }
    this.close(end, open);
    return items;
  }

  private nested(token: Span, inner: () => Node): Node {
    if (this.depth >= MAX_DEPTH)
      this.fail(token, `at most ${MAX_DEPTH} levels inside each other`, 'more', 'Split the rule in two.');
    this.depth++;
    const node = inner();
    this.depth--;
    return node;
  }

  private binaryOperator(): BinaryOperator | null {
    const token = this.peek();
    if (token === undefined || (token.kind !== 'operator' && token.kind !== 'keyword')) return null;
    if (token.value === 'not') {
      const next = this.tokens[this.at + 1];
      return next?.kind === 'keyword' && next.value === 'in' ? 'not in' : null;
    }
    return Object.hasOwn(PRECEDENCE, token.value) ? (token.value as BinaryOperator) : null;
  }

  /** The next token, unless it is one that the lexer could not read. */
  private peek(): Token | undefined {
    const token = this.tokens[this.at];
    if (token?.kind === 'bad') throw new Stop(mistakeOf(token));
    return token;
  }

  private is(bracket: string): boolean {
    const token = this.peek();
    return token?.kind === 'bracket' && token.value === bracket;
  }

  private take(bracket: string): boolean {
    if (!this.is(bracket)) return false;
    this.at++;
    return true;
  }

  private close(end: string, open: Span): void {
    if (this.take(end)) return;
    const token = this.peek();
    this.unexpected(
      `an operator or \`${end}\``,
      token === undefined
        ? `Close the \`${this.text.slice(open.from, open.to)}\` at character ${open.from + 1}.`
        : this.strayAdvice(token),
    );
  }

  private strayAdvice(token: Token): string {
    if (token.kind === 'name') {
      const meant = nearest(token.value, KEYWORDS);
      return meant === undefined ? '' : `Did you mean \`${meant}\`?`;
    }
    const previous = this.tokens[this.at - 1];
    if (token.kind === 'bracket' && token.value === ',' && previous?.kind === 'number')
      return 'A decimal point is a dot, and thousands are set apart with `_`: `0.5`, `1_000`.';
    return '';
  }

  private unexpected(expected: string, advice = ''): never {
    const token = this.peek();
    if (token !== undefined)
      this.fail(token, expected, `\`${this.text.slice(token.from, token.to)}\``, advice);
    // The end has no character to underline; the last one that is there stands for it.
    const to = this.tokens.at(-1)?.to ?? this.text.length;
    this.fail({ from: Math.max(0, to - 1), to }, expected, 'the end of the rule', advice);
  }

  private fail(span: Span, expected: string, got: string, advice: string): never {
    throw new Stop({ from: span.from, to: span.to, expected, got, advice });
  }
}
