const NAMES = [
  'bg',
  'ink',
  'ink-2',
  'ink-3',
  'line',
  'hover',
  'shade',
  'trouble',
  'trouble-ink',
  'trouble-wash',
  'model',
  'model-ink',
  'l1',
  'l2',
  'l3',
  'l4',
  'l1-ink',
  'l2-ink',
  'l3-ink',
  'l4-ink',
  'l1-fill',
  'l2-fill',
  'l3-fill',
  'l4-fill',
] as const;

/** The colours of the style sheet for a canvas, by the names of their custom properties. */
export type Palette = Record<(typeof NAMES)[number], string>;

export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(
    NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]),
  ) as Palette;
}
