/** The least of 1, 2, 5, 10, 20, … that is not below the value; 1 for nothing. */
export function roundTop(value: number): number {
  if (!(value > 0)) return 1;
  const ten = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((step) => step * ten).find((top) => top >= value)!;
}
