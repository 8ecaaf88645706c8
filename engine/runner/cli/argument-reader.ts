import { InputError, nearest, show } from '../../core/errors.ts';
import type { Override } from '../../simulation/overrides.ts';
import { overrideFrom } from '../run-text.ts';

/** Reads the words of a command line from left to right. `--name=value` is two words. */
export class ArgumentReader {
  private readonly rest: string[];

  /** @param options all that there are, for "did you mean". */
  constructor(
    argv: readonly string[],
    private readonly options: readonly string[],
  ) {
    this.rest = argv.flatMap((arg) => {
      const match = /^(--[a-z-]+)=(.*)$/s.exec(arg);
      return match ? [match[1]!, match[2]!] : [arg];
    });
  }

  /** The next word; undefined when there is none. */
  word(): string | undefined {
    return this.rest.shift();
  }

  /** The value of an option. @throws InputError when there is none, or another option stands in its place. */
  value(option: string, what: string): string {
    const value = this.rest.shift();
    if (value === undefined || value === '' || value.startsWith('--'))
      throw new InputError(option, what, value ? show(value) : 'nothing');
    return value;
  }

  /** A whole number that is not below `least`. @throws InputError */
  whole(option: string, least: number): number {
    const what = `a whole number of ${least} or more`;
    return wholeFrom(this.value(option, what), option, what, least);
  }

  /** Whole numbers with commas between them. @throws InputError */
  wholes(option: string, least: number): number[] {
    const what = `whole numbers of ${least} or more, with commas between them`;
    return this.value(option, what)
      .split(',')
      .map((text) => wholeFrom(text, option, what, least));
  }

  /** A change of a setting, as in `caller.retries=1`; the value is JSON, or text. @throws InputError */
  override(option: string): Override {
    return overrideFrom(this.value(option, 'PATH=VALUE'), option);
  }

  /** What to throw for an option that does not exist. */
  unknown(option: string): InputError {
    const guess = nearest(option, this.options);
    return new InputError(
      'option',
      'one that --help lists',
      show(option),
      guess === undefined ? '' : `Did you mean ${guess}?`,
    );
  }
}

function wholeFrom(text: string, option: string, what: string, least: number): number {
  const n = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(n) || n < least)
    throw new InputError(option, what, show(text));
  return n;
}
