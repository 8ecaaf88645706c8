/** What flows: each has a shape of its own in the drawing. */
export const KINDS = ['first', 'retry', 'lost', 'l1', 'l2', 'l3', 'l4', 'model'] as const;
export type Kind = (typeof KINDS)[number];

export interface Point {
  x: number;
  y: number;
}

export interface Stream {
  kind: Kind;
  /** Rows of marks that it fills; see `rowsOf`. */
  rows: number;
}

/** A way that marks take at constant speed. Its marks fill one row after the other, each stream on top of the last one. */
export interface Lane {
  points: readonly Point[];
  streams: readonly Stream[];
  /** Most rows that there is room for. */
  room: number;
  /** Whether it ends in a head that shows the direction. */
  head: boolean;
  /** In the hue of trouble. */
  trouble: boolean;
  lengthPx: number;
  /** Rows of all streams together, as far as there is room. */
  rows: number;
}

export function lane(
  points: readonly Point[],
  streams: readonly Stream[],
  { room = 5, head = true, trouble = false } = {},
): Lane {
  let lengthPx = 0;
  for (let i = 1; i < points.length; i++) lengthPx += distance(points[i - 1], points[i]);
  const rows = Math.min(
    room,
    streams.reduce((sum, stream) => sum + stream.rows, 0),
  );
  return { points, streams, room, head, trouble, lengthPx, rows };
}

export const distance = (a: Point, b: Point): number => Math.hypot(b.x - a.x, b.y - a.y);
