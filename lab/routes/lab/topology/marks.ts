import { PITCH_PX, SPEED_PX_S } from './dots.ts';
import { distance, KINDS, type Lane } from './lane.ts';

/** More than a drawing ever holds; what is above is left out. */
const MOST = 6000;
/** Steps whose multiples, without their whole part, cover the numbers from 0 to 1 evenly, however many are taken. */
const GOLDEN = 0.618_033_988_749_894_9;
const ACROSS = 0.754_877_666_246_692_7;
const HEAD_PX = 4;

/** Where the marks of a picture are, in arrays that are used again for each frame. */
export class Marks {
  readonly x = new Float32Array(MOST);
  readonly y = new Float32Array(MOST);
  /** Index in KINDS. */
  readonly kind = new Uint8Array(MOST);
  count = 0;

  clear(): void {
    this.count = 0;
  }

  /**
   * Adds the marks that are on a lane at a time. Marks have fixed numbers and all move alike; whether the mark of a
   * number is there depends on the rate alone, so that a changed rate lets marks come and go, and moves none.
   */
  add(lane: Lane, timeS: number): void {
    const { rows, lengthPx } = lane;
    const end = lengthPx - (lane.head ? HEAD_PX : 1);
    if (rows <= 0 || end <= 0) return;
    const across = Math.ceil(rows);
    const moved = timeS * SPEED_PX_S;
    const before = this.count;
    for (let j = Math.ceil((1 - moved) / PITCH_PX); j * PITCH_PX + moved <= end; j++) {
      const at = j * PITCH_PX + moved;
      for (let row = 0; row < across; row++) {
        const u = j * GOLDEN + row * ACROSS;
        const level = row + u - Math.floor(u);
        if (level < rows) this.put(lane, at, row - (across - 1) / 2, kindAt(lane, level));
      }
    }
    // Less than one mark at a time: one stands for it all the same.
    if (this.count === before) this.put(lane, end / 2, 0, kindAt(lane, 0));
  }

  private put({ points }: Lane, atPx: number, row: number, kind: number): void {
    if (this.count >= MOST) return;
    let left = atPx;
    for (let i = 1; i < points.length; i++) {
      const a = points[i - 1];
      const b = points[i];
      const length = distance(a, b);
      if (left > length && i < points.length - 1) {
        left -= length;
        continue;
      }
      if (length === 0) return;
      const dx = (b.x - a.x) / length;
      const dy = (b.y - a.y) / length;
      this.x[this.count] = a.x + dx * left - dy * row * PITCH_PX;
      this.y[this.count] = a.y + dy * left + dx * row * PITCH_PX;
      this.kind[this.count++] = kind;
      return;
    }
  }
}

/** Streams lie on each other: the first fills the lowest levels. */
function kindAt({ streams }: Lane, level: number): number {
  let top = 0;
  for (let i = 0; i < streams.length; i++) {
    top += streams[i].rows;
    if (level < top) return KINDS.indexOf(streams[i].kind);
  }
  return KINDS.indexOf(streams[streams.length - 1].kind);
}
