import * as v from 'valibot';
import { InputError, nearest, show } from './errors.ts';

/**
 * Checks `input` against a schema and returns it with defaults filled in.
 * @param root what to call the whole input in a message, such as "scenario".
 * @param names every key the schema knows anywhere, for "did you mean".
 * @throws InputError naming the first place that is wrong, what was expected there and what was got.
 */
export function parse<S extends v.GenericSchema>(
  schema: S,
  input: unknown,
  root: string,
  names: readonly string[] = [],
): v.InferOutput<S> {
  const result = v.safeParse(schema, input);
  if (result.success) return result.output;
  throw inputError(result.issues[0], root, names);
}

/** One place that is wrong, as `parse` would throw it. */
export function inputError(issue: v.BaseIssue<unknown>, root: string, names: readonly string[]): InputError {
  const keys = (issue.path ?? []).map((item) => String(item.key));
  const place = keys.length === 0 ? root : keys.join('.');
  const key = keys.at(-1) ?? root;
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    const guess = nearest(key, names);
    return new InputError(
      place,
      'a known setting',
      `the unknown name "${key}"`,
      guess === undefined
        ? 'Remove it, or look the name up in docs/scenarios.md.'
        : `Did you mean "${guess}"?`,
    );
  }
  if (issue.received === 'undefined')
    return new InputError(place, 'a value', 'nothing', `Add "${key}"; docs/scenarios.md describes it.`);
  // A rule of ours carries its own words ("a number above 0"); the library's own messages begin with "Invalid".
  const worded = issue.message.startsWith('Invalid') ? plain(issue.expected ?? issue.type) : issue.message;
  return new InputError(place, worded, show(issue.input));
}

function plain(expected: string): string {
  return expected
    .replace(/^Object$/, 'an object in braces')
    .replace(/^Array$/, 'a list in brackets')
    .replace(/^(number|string|boolean)$/, 'a $1')
    .replace(/^\((.*)\)$/, 'one of $1')
    .replaceAll(' | ', ', ');
}
