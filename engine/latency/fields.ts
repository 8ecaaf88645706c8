/** Pieces of the settings schemas of this room; their messages read "expected …" in an InputError. */
import * as v from 'valibot';

export const finite = v.pipe(v.number(), v.finite('a finite number'));
export const nonNegative = v.pipe(finite, v.minValue(0, 'a number of 0 or more'));
export const positive = v.pipe(finite, v.gtValue(0, 'a number above 0'));
export const share = v.pipe(
  finite,
  v.minValue(0, 'a share from 0 to 1'),
  v.maxValue(1, 'a share from 0 to 1'),
);
/** A share that is neither nothing nor everything. */
export const part = v.pipe(
  finite,
  v.gtValue(0, 'a share between 0 and 1'),
  v.ltValue(1, 'a share between 0 and 1'),
);
export const count = v.pipe(
  finite,
  v.integer('a whole number'),
  v.minValue(1, 'a whole number of 1 or more'),
);

/** A whole number from `least` to `most`. */
export const within = (least: number, most: number) => {
  const message = `a whole number from ${least} to ${most}`;
  return v.pipe(finite, v.integer('a whole number'), v.minValue(least, message), v.maxValue(most, message));
};
