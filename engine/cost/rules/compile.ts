import { OP, Program } from './evaluate.ts';
import type { FieldTable } from './fields.ts';
import { valueOf } from './lexer.ts';
import type { Comparison, Node } from './parser.ts';

const COMPARISONS: Readonly<Record<Comparison, number>> = {
  '<': OP.less,
  '<=': OP.lessOrEqual,
  '>': OP.more,
  '>=': OP.moreOrEqual,
  '==': OP.equal,
  '!=': OP.unequal,
};
const ARITHMETIC = { '+': OP.add, '-': OP.subtract, '*': OP.multiply, '/': OP.divide } as const;

/** Program of a tree that `check` found nothing wrong with. */
export function compile(root: Node, fields: FieldTable): Program {
  const compiler = new Compiler(fields);
  compiler.emit(root);
  return compiler.program();
}

class Compiler {
  private readonly code: number[] = [];
  private readonly constants: number[] = [];
  private readonly numberLists: Float64Array[] = [];
  private readonly texts: string[] = [];
  private readonly textLists: string[][] = [];
  private depth = 0;
  private deepest = 0;

  constructor(private readonly fields: FieldTable) {}

  program(): Program {
    const { code, constants, numberLists, texts, textLists, deepest } = this;
    return new Program(
      Int32Array.from(code),
      Float64Array.from(constants),
      numberLists,
      texts,
      textLists,
      deepest,
    );
  }

  emit(node: Node): void {
    switch (node.kind) {
      case 'number':
        return this.constant(valueOf(node.amount, node.unit));
      case 'boolean':
        return this.constant(node.value ? 1 : 0);
      case 'name':
        return this.push(OP.field, this.fields.indexOf(node.name));
      case 'call':
        return this.call(node);
      case 'unary':
        this.emit(node.operand);
        return this.operation(node.op === 'not' ? OP.not : OP.negate);
      case 'binary':
        return this.binary(node);
    }
  }

  private call(node: Node & { kind: 'call' }): void {
    node.args.forEach((arg, i) => {
      this.emit(arg);
      if (i > 0) this.pop(node.name === 'min' ? OP.min : OP.max);
    });
    if (node.name === 'abs') this.operation(OP.abs);
  }

  private binary(node: Node & { kind: 'binary' }): void {
    const { op, left, right } = node;
    if (op === 'and' || op === 'or') {
      this.emit(left);
      const jump = this.code.length;
      this.operation(op === 'and' ? OP.jumpIfFalse : OP.jumpIfTrue);
      this.emit(right);
      this.pop(op === 'and' ? OP.and : OP.or);
      this.code[jump + 1] = this.code.length;
    } else if (op === 'in' || op === 'not in') {
      this.membership(left, right.kind === 'list' ? right.items : []);
      if (op === 'not in') this.operation(OP.not);
    } else if ((op === '==' || op === '!=') && (this.isText(left) || this.isText(right))) {
      this.textComparison(left, right);
      if (op === '!=') this.operation(OP.not);
    } else {
      this.emit(left);
      this.emit(right);
      this.pop(op in ARITHMETIC ? ARITHMETIC[op as keyof typeof ARITHMETIC] : COMPARISONS[op as Comparison]);
    }
  }

  private membership(left: Node, items: readonly Node[]): void {
    const texts = items.flatMap((item) => (item.kind === 'text' ? [item.value] : []));
    if (left.kind === 'text') return this.constant(texts.includes(left.value) ? 1 : 0);
    if (this.isText(left)) {
      this.place(left);
      return this.operation(OP.inTexts, this.textLists.push(texts) - 1);
    }
    this.emit(left);
    this.operation(OP.inNumbers, this.numberLists.push(Float64Array.from(items, literal)) - 1);
  }

  private textComparison(left: Node, right: Node): void {
    if (left.kind === 'text' && right.kind === 'text')
      return this.constant(left.value === right.value ? 1 : 0);
    const [field, other] = left.kind === 'text' ? [right, left] : [left, right];
    this.place(field);
    if (other.kind === 'text') return this.operation(OP.textEquals, this.texts.push(other.value) - 1);
    this.place(other);
    this.pop(OP.textsEqual);
  }

  private isText(node: Node): boolean {
    if (node.kind !== 'name') return node.kind === 'text';
    const type = this.fields.get(node.name)?.type;
    return type === 'text' || type === 'choice';
  }

  private place(field: Node): void {
    this.constant(field.kind === 'name' ? this.fields.indexOf(field.name) : -1);
  }

  private constant(value: number): void {
    this.push(OP.constant, this.constants.push(value) - 1);
  }

  private push(op: number, argument: number): void {
    this.operation(op, argument);
    this.deepest = Math.max(this.deepest, ++this.depth);
  }

  private pop(op: number): void {
    this.operation(op);
    this.depth--;
  }

  private operation(op: number, argument = 0): void {
    this.code.push(op, argument);
  }
}

/** Number of a list's element, a literal with any number of minus signs. */
function literal(node: Node): number {
  if (node.kind === 'unary') return -literal(node.operand);
  return node.kind === 'number' ? valueOf(node.amount, node.unit) : NaN;
}
