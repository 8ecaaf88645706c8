import { MINUS_PRECEDENCE, NOT_PRECEDENCE, PRECEDENCE, COMPARISON_PRECEDENCE, type Node } from './parser.ts';

/** Above every operator: a value, a call, something in brackets. */
const CLOSED = 9;

/**
 * Canonical text of an expression: one space around operators, double quotes, and only the parentheses that the tree needs.
 * Reading it gives the same tree again. It may be longer than what was typed, and so, for a text near the limit, too long.
 */
export function format(expression: { root: Node }): string {
  return printNode(expression.root);
}

export function printNode(node: Node): string {
  switch (node.kind) {
    case 'number':
      return node.unit === null ? String(node.amount) : `${node.amount} ${node.unit}`;
    case 'text':
      return quote(node.value);
    case 'boolean':
      return String(node.value);
    case 'name':
      return node.name;
    case 'list':
      return `[${node.items.map(printNode).join(', ')}]`;
    case 'call':
      return `${node.name}(${node.args.map(printNode).join(', ')})`;
    case 'unary':
      return (node.op === 'not' ? 'not ' : '-') + inside(node.operand, precedence(node));
    case 'binary': {
      const own = precedence(node);
      // Operators group from the left, so an equal one on the right needs parentheses; comparisons need them on both sides.
      const left = inside(node.left, own === COMPARISON_PRECEDENCE ? own + 1 : own);
      return `${left} ${node.op} ${inside(node.right, own + 1)}`;
    }
  }
}

function precedence(node: Node): number {
  if (node.kind === 'binary') return PRECEDENCE[node.op];
  if (node.kind === 'unary') return node.op === 'not' ? NOT_PRECEDENCE : MINUS_PRECEDENCE;
  return CLOSED;
}

const inside = (node: Node, least: number): string =>
  precedence(node) < least ? `(${printNode(node)})` : printNode(node);

/** A text as it is written in a rule. */
export function quote(value: string): string {
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
