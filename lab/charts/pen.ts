import type uPlot from 'uplot';
import type { Palette } from './palette.ts';

interface Place {
  x: number;
  y: number;
  align?: 'left' | 'right' | 'center';
}
type Box = [left: number, top: number, right: number, bottom: number];

const FONT_PX = 11;
const LINE_PX = 14;

/** Draws on a chart's canvas. All lengths are CSS pixels from the canvas's corner; one pen lives for one drawing. */
export class Pen {
  private readonly ratio = devicePixelRatio;
  private readonly boxes: Box[] = [];
  readonly g: CanvasRenderingContext2D;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;

  constructor(
    private readonly plot: uPlot,
    readonly palette: Palette,
  ) {
    this.g = plot.ctx;
    const { left, top, width, height } = plot.bbox;
    this.left = left / this.ratio;
    this.top = top / this.ratio;
    this.width = width / this.ratio;
    this.height = height / this.ratio;
  }

  get right(): number {
    return this.left + this.width;
  }
  get bottom(): number {
    return this.top + this.height;
  }

  /** Draws within the plot only, in CSS pixels. */
  inside(draw: () => void): void {
    const { g, ratio } = this;
    g.save();
    g.scale(ratio, ratio);
    g.beginPath();
    g.rect(this.left, this.top, this.width, this.height);
    g.clip();
    // The last of the series may have been a dashed one.
    g.setLineDash([]);
    draw();
    g.restore();
  }

  x(atS: number): number {
    return this.plot.valToPos(atS, 'x', true) / this.ratio;
  }
  y(value: number, scale = 'y'): number {
    return this.plot.valToPos(value, scale, true) / this.ratio;
  }

  fill(color: string, alpha: number, left: number, top: number, right: number, bottom: number): void {
    this.inside(() => {
      this.g.globalAlpha = alpha;
      this.g.fillStyle = color;
      this.g.fillRect(left, top, right - left, bottom - top);
    });
  }

  vertical(atS: number, color: string, dash: number[], widthPx = 1, alpha = 1): void {
    const x = Math.round(this.x(atS)) + 0.5;
    this.line([x, this.top], [x, this.bottom], color, dash, widthPx, alpha);
  }

  /** A line across the plot; answers its y. */
  horizontal(value: number, color: string, dash: number[] = [], scale = 'y'): number {
    const y = Math.round(this.y(value, scale)) + 0.5;
    this.line([this.left, y], [this.right, y], color, dash, 1, 1);
    return y;
  }

  /** Writes at the first place where the text neither leaves the plot nor covers another one; answers whether there was one. */
  label(text: string, places: Place[], color: string, weight = 500): boolean {
    const { g } = this;
    g.save();
    g.scale(this.ratio, this.ratio);
    g.font = `${weight} ${FONT_PX}px "Inter SL", sans-serif`;
    g.textBaseline = 'middle';
    g.textAlign = 'left';
    const width = g.measureText(text).width;
    const box = places.map((place) => this.boxAt(place, width)).find((candidate) => this.isFree(candidate));
    if (box) {
      this.boxes.push(box);
      g.globalAlpha = 0.82;
      g.fillStyle = this.palette.bg;
      g.fillRect(box[0], box[1], box[2] - box[0], box[3] - box[1]);
      g.globalAlpha = 1;
      g.fillStyle = color;
      g.fillText(text, box[0] + 2, (box[1] + box[3]) / 2 + 0.5);
    }
    g.restore();
    return box !== undefined;
  }

  private boxAt({ x, y, align = 'left' }: Place, width: number): Box {
    const left = align === 'right' ? x - width : align === 'center' ? x - width / 2 : x;
    return [left - 2, y - LINE_PX / 2, left + width + 2, y + LINE_PX / 2];
  }

  private isFree([left, top, right, bottom]: Box): boolean {
    if (left < this.left || right > this.right || top < this.top - 7 || bottom > this.bottom + 2)
      return false;
    return this.boxes.every(([l, t, r, b]) => right <= l || left >= r || bottom <= t || top >= b);
  }

  private line(
    from: [number, number],
    to: [number, number],
    color: string,
    dash: number[],
    widthPx: number,
    alpha: number,
  ): void {
    const { g } = this;
    this.inside(() => {
      g.globalAlpha = alpha;
      g.strokeStyle = color;
      g.lineWidth = widthPx;
      g.setLineDash(dash);
      g.beginPath();
      g.moveTo(...from);
      g.lineTo(...to);
      g.stroke();
    });
  }
}
