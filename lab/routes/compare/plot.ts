/** Lines of a plot, told apart by colour, dashes and a letter. */
export interface PlotLine {
  name: string;
  y: number[];
  /** A CSS colour; without one it is ink. */
  color?: string;
  /** One of many behind the others. */
  faint?: boolean;
  dots?: boolean;
}

const DASHES = [undefined, '7 4', '2 3', '9 3 2 3'];
const COLORS = ['var(--ink)', 'var(--l1-ink)', 'var(--model-ink)', 'var(--l3-ink)'];
export const dashOf = (i: number): string | undefined => DASHES[i % DASHES.length];
export const colorOf = (i: number): string => COLORS[i % COLORS.length]!;
export const letterOf = (i: number): string => String.fromCharCode(65 + i);
