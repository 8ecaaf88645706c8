import { InputError } from '../../core/errors.ts';

/** A stretch of a rule's text in UTF-16 code units, as an editor counts them; `to` is the first unit after it. */
export interface Span {
  from: number;
  to: number;
}

/**
 * A mistake in a rule, with the characters that it is about. They lie inside the text, and are at least one unless the text
 * is empty: an editor can always underline something.
 */
export class RuleError extends InputError {
  readonly fromChar: number;
  readonly toChar: number;

  /** @param place what the text is, such as `rules.0.when`; the message adds the character, counted from 1. */
  constructor(place: string, span: Span, expected: string, got: string, advice = '') {
    super(`${place}, character ${span.from + 1}`, expected, got, advice);
    this.fromChar = span.from;
    this.toChar = span.to;
  }
}

/** What a stage has to say about a span; the caller knows the place and makes the RuleError. */
export interface Mistake extends Span {
  expected: string;
  got: string;
  advice: string;
}
