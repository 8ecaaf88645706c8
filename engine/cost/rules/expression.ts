import { compile } from './compile.ts';
import type { Program } from './evaluate.ts';
import { TASK_FIELDS, type FieldTable, type RuleContext } from './fields.ts';
import { format, printNode } from './format.ts';
import { lex } from './lexer.ts';
import { parseTokens, type Node } from './parser.ts';
import { RuleError, type Mistake } from './rule-error.ts';
import { check } from './types.ts';

/** Longest text of a rule, in UTF-16 code units. */
export const MAX_LENGTH = 2000;

/** A condition that was read, checked and compiled. */
export class Expression {
  constructor(
    readonly root: Node,
    private readonly program: Program,
  ) {}

  /** True only when it is known to be true. Allocates nothing. */
  holds(context: RuleContext): boolean {
    return this.program.holds(context);
  }

  /** 1 true, 0 false, NaN not known. */
  value(context: RuleContext): number {
    return this.program.run(context);
  }

  /** The canonical text. */
  toString(): string {
    return format(this);
  }
}

export type Parsed =
  | { ok: true; expression: Expression }
  /** `errors` holds one mistake of spelling, or all those of names and types; `error` is the first. */
  | { ok: false; error: RuleError; errors: RuleError[] };

/**
 * Reads a rule's condition. Never throws, whatever the text, and takes time in proportion to it.
 *
 * The language: numbers (`500`, `1_000`, `0.3`, `70 %`, and durations `300 ms`, `5 s`, `2 min`, `1 h`, which are
 * milliseconds), texts in quotes, `true`, `false`, lists `["a", "b"]` after `in` and `not in`; the fields; `min`, `max`,
 * `abs`; from loose to tight `or`, `and`, `not`, comparisons, `+ -`, `* /`, minus. Types are never converted.
 * @param place what the text is, for messages.
 */
export function parseExpression(text: string, fields: FieldTable = TASK_FIELDS, place = 'rule'): Parsed {
  if (text.length > MAX_LENGTH) {
    const expected = `at most ${MAX_LENGTH} characters`;
    const span = { from: MAX_LENGTH, to: text.length };
    return failed(place, [{ ...span, expected, got: String(text.length), advice: 'Split the rule in two.' }]);
  }
  const parsed = parseTokens(text, lex(text), printNode);
  if (!parsed.ok) return failed(place, [parsed.mistake]);
  const mistakes = check(parsed.root, fields);
  if (mistakes.length > 0) return failed(place, mistakes);
  return { ok: true, expression: new Expression(parsed.root, compile(parsed.root, fields)) };
}

function failed(place: string, mistakes: readonly Mistake[]): Parsed {
  const errors = mistakes.map((m) => new RuleError(place, m, m.expected, m.got, m.advice));
  return { ok: false, error: errors[0]!, errors };
}
