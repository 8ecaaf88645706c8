import type { Palette } from './palette.ts';

/** Bands that share a hue are told apart by what fills them. */
export const FILLS = ['plain', 'hatched', 'dotted', 'empty'] as const;
export type FillKind = (typeof FILLS)[number];

const TILE = 8;
const made = new WeakMap<Palette, Map<string, CanvasPattern | string>>();

/** A fill in one colour of the palette; made once for each palette. */
export function fillOf(
  g: CanvasRenderingContext2D,
  palette: Palette,
  kind: FillKind,
  color: string,
): CanvasPattern | string {
  const known = made.get(palette) ?? new Map<string, CanvasPattern | string>();
  made.set(palette, known);
  const key = `${kind} ${color}`;
  const fill = known.get(key) ?? makeFill(g, palette, kind, color);
  known.set(key, fill);
  return fill;
}

function makeFill(
  g: CanvasRenderingContext2D,
  palette: Palette,
  kind: FillKind,
  color: string,
): CanvasPattern | string {
  const ratio = devicePixelRatio;
  const tile = document.createElement('canvas');
  tile.width = tile.height = TILE * ratio;
  const t = tile.getContext('2d')!;
  t.scale(ratio, ratio);
  t.fillStyle = palette.bg;
  t.fillRect(0, 0, TILE, TILE);
  t.fillStyle = t.strokeStyle = color;
  t.globalAlpha = kind === 'plain' ? 0.5 : 0.12;
  t.fillRect(0, 0, TILE, TILE);
  t.globalAlpha = 0.75;
  t.lineWidth = 1.2;
  if (kind === 'hatched') {
    t.beginPath();
    for (const x of [-2, 2, 6]) {
      t.moveTo(x - 2, 10);
      t.lineTo(x + 8, 0);
    }
    t.stroke();
  }
  if (kind === 'dotted')
    for (const at of [2, 6]) {
      t.beginPath();
      t.arc(at, at, 0.9, 0, 7);
      t.fill();
    }
  const pattern = g.createPattern(tile, 'repeat');
  pattern?.setTransform(new DOMMatrix().scale(1 / ratio));
  return pattern ?? color;
}
