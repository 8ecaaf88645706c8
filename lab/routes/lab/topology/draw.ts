import { type FillKind, fillOf } from '../../../charts/patterns.ts';
import type { Palette } from '../../../charts/palette.ts';
import { type Kind, KINDS, type Lane } from './lane.ts';
import { Marks } from './marks.ts';
import { BLOCK_PX, lengthPx, type Pile } from './piles.ts';

export interface Picture {
  widthPx: number;
  heightPx: number;
  lanes: readonly Lane[];
  piles: readonly Pile[];
}

type Pen = CanvasRenderingContext2D;

const marks = new Marks();
const NO_DASH: number[] = [];
const EMPTY_DASH = [2, 4];
const TURN = 2 * Math.PI;

/** Draws all of it as it is at a time. Nothing is made anew for a frame. */
export function drawPicture(g: Pen, picture: Picture, palette: Palette, ratio: number, timeS: number): void {
  const { lanes, piles, widthPx, heightPx } = picture;
  g.setTransform(ratio, 0, 0, ratio, 0, 0);
  g.clearRect(0, 0, widthPx, heightPx);
  marks.clear();
  for (let i = 0; i < lanes.length; i++) {
    drawWay(g, lanes[i], palette);
    marks.add(lanes[i], timeS);
  }
  for (let kind = 0; kind < KINDS.length; kind++) drawMarks(g, kind, palette);
  for (let i = 0; i < piles.length; i++) drawPile(g, piles[i], palette);
}

function drawWay(g: Pen, { points, rows, head, trouble }: Lane, palette: Palette): void {
  const color = trouble ? palette.trouble : palette['ink-3'];
  const last = points[points.length - 1];
  const before = points[points.length - 2];
  g.strokeStyle = g.fillStyle = color;
  g.lineWidth = 1;
  g.globalAlpha = 0.4;
  g.setLineDash(rows > 0 ? NO_DASH : EMPTY_DASH);
  g.beginPath();
  g.moveTo(points[0].x, points[0].y);
  for (let i = 1; i < points.length; i++) g.lineTo(points[i].x, points[i].y);
  g.stroke();
  g.setLineDash(NO_DASH);
  g.globalAlpha = 1;
  if (!head || rows <= 0) return;
  const length = Math.hypot(last.x - before.x, last.y - before.y) || 1;
  const dx = (last.x - before.x) / length;
  const dy = (last.y - before.y) / length;
  g.beginPath();
  g.moveTo(last.x, last.y);
  g.lineTo(last.x - 6 * dx - 3.5 * dy, last.y - 6 * dy + 3.5 * dx);
  g.lineTo(last.x - 6 * dx + 3.5 * dy, last.y - 6 * dy - 3.5 * dx);
  g.fill();
}

function drawMarks(g: Pen, kind: number, palette: Palette): void {
  const name = KINDS[kind];
  g.fillStyle = g.strokeStyle =
    name === 'first'
      ? palette['ink-2']
      : name === 'retry' || name === 'lost'
        ? palette.trouble
        : palette[name];
  g.lineWidth = 1.1;
  g.beginPath();
  for (let i = 0; i < marks.count; i++) if (marks.kind[i] === kind) addShape(g, name, marks.x[i], marks.y[i]);
  if (name === 'retry' || name === 'lost') g.stroke();
  else g.fill();
}

/** The shapes of the tiers, as small as they can be told apart. */
function addShape(g: Pen, kind: Kind, x: number, y: number): void {
  switch (kind) {
    case 'first':
      g.rect(x - 1.3, y - 1, 2.6, 2);
      return;
    case 'retry':
      g.moveTo(x + 1.5, y);
      g.arc(x, y, 1.5, 0, TURN);
      return;
    case 'lost':
      g.moveTo(x - 1.4, y - 1.4);
      g.lineTo(x + 1.4, y + 1.4);
      g.moveTo(x - 1.4, y + 1.4);
      g.lineTo(x + 1.4, y - 1.4);
      return;
    case 'l1':
      g.moveTo(x + 1.6, y);
      g.arc(x, y, 1.6, 0, TURN);
      return;
    case 'l2':
      g.moveTo(x, y - 2);
      g.lineTo(x + 2, y);
      g.lineTo(x, y + 2);
      g.lineTo(x - 2, y);
      return;
    case 'l3':
      g.rect(x - 1.5, y - 1.5, 3, 3);
      return;
    case 'l4':
      g.moveTo(x - 1, y - 1.6);
      g.lineTo(x + 1, y - 1.6);
      g.lineTo(x + 2, y);
      g.lineTo(x + 1, y + 1.6);
      g.lineTo(x - 1, y + 1.6);
      g.lineTo(x - 2, y);
      return;
    case 'model':
      g.moveTo(x, y - 1.8);
      g.lineTo(x + 1.9, y + 1.5);
      g.lineTo(x - 1.9, y + 1.5);
  }
}

function drawPile(g: Pen, { box, vertical, blocks, limit, deadShare }: Pile, palette: Palette): void {
  const dead = blocks * deadShare;
  for (let i = 0; i < blocks; i++) {
    const to = Math.min(blocks, i + 1);
    const between = Math.min(to, Math.max(i, dead));
    drawBlock(g, box, vertical, i, i, between, 'hatched', palette.trouble, palette);
    drawBlock(g, box, vertical, i, between, to, undefined, palette.ink, palette);
  }
  if (limit !== null) drawLimit(g, box, vertical, limit, palette.ink);
}

/** A line across the place where the pile may grow no more. */
function drawLimit(
  g: Pen,
  { left, top, right, bottom }: Pile['box'],
  vertical: boolean,
  limit: number,
  color: string,
): void {
  const at = lengthPx(limit) + 1;
  g.fillStyle = color;
  if (vertical) g.fillRect(left + at, top - 2, 1.5, bottom - top + 3);
  else g.fillRect(left - 2, bottom - at - 1.5, right - left + 3, 1.5);
}

/** The part of the block `i` from `from` to `to`, counted in blocks. */
function drawBlock(
  g: Pen,
  { left, top, right, bottom }: Pile['box'],
  vertical: boolean,
  i: number,
  from: number,
  to: number,
  fill: FillKind | undefined,
  color: string,
  palette: Palette,
): void {
  if (to <= from) return;
  const start = lengthPx(i) + (from - i) * BLOCK_PX;
  const length = (to - from) * BLOCK_PX;
  const x = vertical ? left + start : left;
  const y = vertical ? top : bottom - start - length;
  const width = vertical ? length : right - left;
  const height = vertical ? bottom - top : length;
  g.fillStyle = fill ? fillOf(g, palette, fill, color) : color;
  g.fillRect(x, y, width, height);
  if (!fill) return;
  g.strokeStyle = color;
  g.lineWidth = 1;
  g.strokeRect(x + 0.5, y + 0.5, Math.max(0, width - 1), Math.max(0, height - 1));
}
