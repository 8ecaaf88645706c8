import type { RuleContext } from './fields.ts';

/** Operations of a program. */
export const OP = {
  constant: 0,
  field: 1,
  negate: 2,
  not: 3,
  add: 4,
  subtract: 5,
  multiply: 6,
  divide: 7,
  less: 8,
  lessOrEqual: 9,
  more: 10,
  moreOrEqual: 11,
  equal: 12,
  unequal: 13,
  min: 14,
  max: 15,
  abs: 16,
  inNumbers: 17,
  textEquals: 18,
  textsEqual: 19,
  inTexts: 20,
  jumpIfFalse: 21,
  jumpIfTrue: 22,
  and: 23,
  or: 24,
} as const;

/**
 * A checked expression as a flat program for a stack machine: nothing is allocated while it runs, and no property of any object is read.
 *
 * Every value is a number; false, true and "not known" are 0, 1 and NaN. Not known is what a field gives that nobody has
 * measured yet, and what a division by zero gives. It spreads through sums and comparisons (`!=` too), `not` keeps it, `and`
 * with false is false, `or` with true is true (Kleene's logic, as in SQL). A rule fires on true alone, so it never fires on something not known.
 */
export class Program {
  private readonly stack: Float64Array;

  constructor(
    /** Pairs of an operation and its argument. */
    private readonly code: Int32Array,
    private readonly constants: Float64Array,
    private readonly numberLists: readonly Float64Array[],
    private readonly texts: readonly string[],
    private readonly textLists: readonly (readonly string[])[],
    depth: number,
  ) {
    this.stack = new Float64Array(depth);
  }

  /** 1 true, 0 false, NaN not known. */
  run(context: RuleContext): number {
    this.execute(context);
    return this.stack[0]!;
  }

  holds(context: RuleContext): boolean {
    this.execute(context);
    return this.stack[0] === 1;
  }

  /** Leaves the result at the bottom of the stack. */
  private execute(context: RuleContext): void {
    const { code, stack } = this;
    const { numbers, texts } = context;
    let top = -1;
    for (let i = 0; i < code.length; i += 2) {
      const argument = code[i + 1]!;
      switch (code[i]) {
        case OP.constant:
          stack[++top] = this.constants[argument]!;
          break;
        case OP.field:
          stack[++top] = numbers[argument]!;
          break;
        case OP.negate:
          stack[top] = -stack[top]!;
          break;
        case OP.not:
          stack[top] = 1 - stack[top]!;
          break;
        case OP.abs:
          stack[top] = Math.abs(stack[top]!);
          break;
        case OP.inNumbers:
          lookUp(this.numberLists[argument]!, stack, top);
          break;
        case OP.textEquals:
          // The field was put on the stack as its place.
          stack[top] = texts[stack[top]!] === this.texts[argument] ? 1 : 0;
          break;
        case OP.textsEqual:
          top--;
          stack[top] = texts[stack[top]!] === texts[stack[top + 1]!] ? 1 : 0;
          break;
        case OP.inTexts:
          stack[top] = this.textLists[argument]!.includes(texts[stack[top]!]!) ? 1 : 0;
          break;
        case OP.jumpIfFalse:
          if (stack[top] === 0) i = argument - 2;
          break;
        case OP.jumpIfTrue:
          if (stack[top] === 1) i = argument - 2;
          break;
        default:
          top--;
          combine(code[i]!, stack, top);
      }
    }
  }
}

/**
 * Replaces the value at `top` with that of an operation on it and the value above it. Nothing is returned or
 * passed on as a number: one with a fraction would be put on the heap on its way.
 */
function combine(op: number, stack: Float64Array, top: number): void {
  const a = stack[top]!;
  const b = stack[top + 1]!;
  if (op >= OP.less && op <= OP.unequal && (a !== a || b !== b)) {
    stack[top] = NaN;
    return;
  }
  switch (op) {
    case OP.add:
      stack[top] = a + b;
      break;
    case OP.subtract:
      stack[top] = a - b;
      break;
    case OP.multiply:
      stack[top] = a * b;
      break;
    case OP.divide:
      stack[top] = a / b;
      if (b === 0) stack[top] = NaN;
      break;
    case OP.less:
      stack[top] = a < b ? 1 : 0;
      break;
    case OP.lessOrEqual:
      stack[top] = a <= b ? 1 : 0;
      break;
    case OP.more:
      stack[top] = a > b ? 1 : 0;
      break;
    case OP.moreOrEqual:
      stack[top] = a >= b ? 1 : 0;
      break;
    case OP.equal:
      stack[top] = a === b ? 1 : 0;
      break;
    case OP.unequal:
      stack[top] = a !== b ? 1 : 0;
      break;
    case OP.min:
      stack[top] = Math.min(a, b);
      break;
    case OP.max:
      stack[top] = Math.max(a, b);
      break;
    // A jump has taken the cases where the left side decides.
    case OP.and:
      stack[top] = b === 0 ? 0 : a * b;
      break;
    case OP.or:
      stack[top] = b === 1 ? 1 : a + b;
  }
}

/** Replaces the number at `top` with whether it is in the list. */
function lookUp(list: Float64Array, stack: Float64Array, top: number): void {
  const value = stack[top]!;
  if (value !== value) return;
  stack[top] = 0;
  for (let i = 0; i < list.length; i++) if (list[i] === value) stack[top] = 1;
}
