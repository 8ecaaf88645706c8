import { percent } from '../../format.ts';
import type { ChartContext, ChartDefinition } from '../definition.ts';
import type { Palette } from '../palette.ts';
import type { Pen } from '../pen.ts';
import { tierNames, type Reading } from '../reading.ts';

type Level = 'l1' | 'l2' | 'l3' | 'l4';

/** Below this hit rate the caches answer nobody. */
const NOBODY = 0.01;
/** A band this thin has no room for its name. */
const LEAST_BAND_PX = 15;

interface Band {
  tier: string;
  level: Level;
  index: number;
}

const bandsOf = ({ scenario }: ChartContext): Band[] =>
  tierNames(scenario).map((tier, index) => ({ tier, index, level: scenario.tiers[tier].level }));

/** Share that this tier and those below it in the stack answered. */
const stacked = (reading: Reading, through: number): number | null =>
  reading.hitRate === null
    ? null
    : reading.tierShares.slice(0, through + 1).reduce<number>((sum, part) => sum + (part ?? 0), 0);

type Fill = CanvasPattern | string;
/** Patterns live as long as the colours that they are made of. */
const patterns = new WeakMap<Palette, Map<Level, Fill>>();

function pattern(g: CanvasRenderingContext2D, level: Level, palette: Palette): Fill {
  const known = patterns.get(palette) ?? new Map<Level, Fill>();
  patterns.set(palette, known);
  const fill = known.get(level) ?? makePattern(g, level, palette);
  known.set(level, fill);
  return fill;
}

/** Bands are told apart by a pattern too: L1 plain, L2 and L4 hatched, L3 dotted. */
function makePattern(g: CanvasRenderingContext2D, level: Level, palette: Palette): Fill {
  const size = 8;
  const tile = document.createElement('canvas');
  tile.width = tile.height = size * devicePixelRatio;
  const t = tile.getContext('2d')!;
  t.scale(devicePixelRatio, devicePixelRatio);
  t.globalAlpha = 0.45;
  t.fillStyle = palette[`${level}-fill`];
  t.fillRect(0, 0, size, size);
  t.globalAlpha = 0.85;
  t.strokeStyle = t.fillStyle = palette[level];
  t.lineWidth = 1.2;
  const hatch = (dy: number): void => {
    for (const x of [-2, 2, 6]) {
      t.moveTo(x, 6 + (dy * (x + 2)) / 8);
      t.lineTo(x + 8, 6 - 8 * dy + (dy * (x + 2)) / 8);
    }
  };
  t.beginPath();
  if (level === 'l2') hatch(1);
  if (level === 'l4') hatch(-1);
  t.stroke();
  if (level === 'l3') {
    t.arc(2, 2, 0.9, 0, 7);
    t.arc(6, 6, 0.9, 0, 7);
    t.fill();
  }
  const made = g.createPattern(tile, 'repeat');
  made?.setTransform(new DOMMatrix().scale(1 / devicePixelRatio));
  return made ?? palette[`${level}-fill`];
}

function drawBands(pen: Pen, context: ChartContext): void {
  const { g } = pen;
  const { readings, palette } = context;
  pen.inside(() => {
    for (const { index, level } of bandsOf(context)) {
      if (!readings.some(({ tierShares }) => (tierShares[index] ?? 0) > 0)) continue;
      const upper = readings.map((r) => [pen.x(r.atS), pen.y(100 * (stacked(r, index) ?? 0))] as const);
      const lower = readings.map((r) => [pen.x(r.atS), pen.y(100 * (stacked(r, index - 1) ?? 0))] as const);
      g.beginPath();
      upper.forEach(([x, y]) => g.lineTo(x, y));
      lower.reverse().forEach(([x, y]) => g.lineTo(x, y));
      g.closePath();
      g.fillStyle = pattern(g, level, palette);
      g.fill();
      g.beginPath();
      let drawing = false;
      readings.forEach((reading, i) => {
        const here = (reading.tierShares[index] ?? 0) > 0;
        if (here && drawing) g.lineTo(...upper[i]);
        else if (here) g.moveTo(...upper[i]);
        drawing = here;
      });
      g.strokeStyle = palette[level];
      g.lineWidth = 1.5;
      g.stroke();
    }
  });
}

function labelBands(pen: Pen, context: ChartContext): void {
  const { readings, palette, scenario, narrow, nowS } = context;
  const roomPx = pen.x(nowS) - pen.left;
  const early = readings.find(({ atS }) => pen.x(atS) >= pen.left + 40);
  if (!early) return;
  for (const { tier, index, level } of bandsOf(context)) {
    const from = pen.y(100 * (stacked(early, index) ?? 0));
    const to = pen.y(100 * (stacked(early, index - 1) ?? 0));
    if (to - from < LEAST_BAND_PX) continue;
    const title = scenario.tiers[tier].title;
    const name = narrow || !title || roomPx < 170 ? level.toUpperCase() : `${level.toUpperCase()} ${title}`;
    const text = `${name} ${percent(early.tierShares[index], 0)}`;
    pen.label(text, [{ x: pen.left + 8, y: (from + to) / 2 }], palette[`${level}-ink`], 600);
  }
}

/** Names the longest stretch in which the caches answer nobody, where there is room for the words. */
function labelNobody(pen: Pen, { readings, palette, narrow }: ChartContext): void {
  let best: [number, number] = [0, 0];
  let start: number | undefined;
  for (const { atS, hitRate } of readings) {
    if (hitRate !== null && hitRate < NOBODY) start ??= atS;
    else start = undefined;
    if (start !== undefined && atS - start > best[1] - best[0]) best = [start, atS];
  }
  const room = pen.x(best[1]) - pen.x(best[0]);
  const y = pen.y(28);
  const x = pen.x(best[0]) + 8;
  if (room > 210 && !narrow)
    pen.label('every request misses: no answer, no fill', [{ x, y }], palette['ink-2']);
  else if (room > 60) pen.label('all miss', [{ x, y }], palette['ink-2']);
}

/** The objective, else what the TTL is tuned towards. */
function targetOf({ scenario, setting }: ChartContext): number | undefined {
  const { hitRate: objective } = scenario.objectives;
  if (objective !== undefined || !scenario.controls.ttl) return objective;
  if (setting('controls.ttl.tuner.on') !== true) return undefined;
  const target = setting('controls.ttl.tuner.target');
  return typeof target === 'number' ? target : undefined;
}

export const hitRate: ChartDefinition = {
  id: 'hit-rate',
  title: 'Hit rate by tier',
  note: () => 'share of requests',
  heightPx: { wide: 106, narrow: 126 },
  series: () => [{ stroke: 'transparent', width: 0 }],
  values: (reading) => [reading.hitRate === null ? null : reading.hitRate * 100],
  ghost: (reading) => (reading.hitRate === null ? null : reading.hitRate * 100),
  ranges: () => ({ y: [0, 100] }),
  splits: () => [0, 50, 100],
  axisText: (value) => `${value} %`,
  body: drawBands,
  labels: (pen, context) => {
    const { palette } = context;
    const target = targetOf(context);
    if (target !== undefined) {
      const y = pen.horizontal(target * 100, palette.ink);
      pen.label(
        `target ${percent(target, 0)}`,
        [{ x: pen.right - 4, y: y + 10, align: 'right' }],
        palette.ink,
        600,
      );
    }
    labelBands(pen, context);
    labelNobody(pen, context);
  },
  legend: (reading, context) =>
    bandsOf(context)
      .sort((a, b) => a.level.localeCompare(b.level))
      .map(({ tier, index, level }) => ({
        name: level.toUpperCase(),
        tier: level,
        value: context.setting(`tiers.${tier}.on`) === false ? 'off' : percent(reading.tierShares[index]),
      })),
  describe: (reading, context) => {
    const parts = bandsOf(context)
      .filter(({ index }) => (reading.tierShares[index] ?? 0) > 0)
      .map(({ index, level }) => `${level.toUpperCase()} ${percent(reading.tierShares[index])}`);
    return `Hit rate by tier, as a share of requests. Now ${percent(reading.hitRate)} in all${parts.length > 0 ? `: ${parts.join(', ')}` : ''}.`;
  },
};
