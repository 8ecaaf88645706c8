/** Change from `before` to `after` as a share of `before`: −0.78 for 78 % less. */
export const changeOf = (before: number, after: number): number => after / before - 1;
