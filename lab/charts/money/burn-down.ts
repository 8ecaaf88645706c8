import { dollars, dollarsPerHour, percent } from '../../format.ts';
import { FINE, greatest, roomFor, type ChartContext, type ChartDefinition } from '../definition.ts';
import { fillOf } from '../patterns.ts';
import type { Pen } from '../pen.ts';
import type { Reading } from '../reading.ts';
import { budgetOf, paceNow, timeOfRun, windowEndS } from './budget-now.ts';

/** Shares of the limit that are spent where the lines are. */
const THRESHOLDS = [0.5, 0.8, 0.9, 0.95, 1];
/** Room below zero, of the limit, when a budget was overspent: a cross must be seen however small the sum. */
const BELOW = 0.12;

const nameOf = ({ scenario, budget }: ChartContext): string => scenario.gateway?.budgets[budget]?.name ?? '';

const remaining = (reading: Reading, budget: number): number | null => {
  const state = budgetOf(reading, budget);
  return state ? state.limitUsd - state.spentUsd : null;
};

const overspent = (context: ChartContext): number =>
  greatest(context.readings, (r) => budgetOf(r, context.budget)?.overshootUsd ?? 0);

/** A line through what the readings say, broken where they say nothing. A budget that starts anew leaps up. */
function trace(pen: Pen, readings: readonly Reading[], valueOf: (r: Reading) => number | null): void {
  let drawing = false;
  for (const reading of readings) {
    const value = valueOf(reading);
    if (value === null) {
      drawing = false;
      continue;
    }
    const [x, y] = [pen.x(reading.atS), pen.y(value)];
    if (drawing) pen.g.lineTo(x, y);
    else pen.g.moveTo(x, y);
    drawing = true;
  }
}

function fillBetween(
  pen: Pen,
  readings: readonly Reading[],
  upper: (r: Reading) => number,
  lower: (r: Reading) => number,
): void {
  const { g } = pen;
  g.beginPath();
  readings.forEach((r) => g.lineTo(pen.x(r.atS), pen.y(upper(r))));
  [...readings].reverse().forEach((r) => g.lineTo(pen.x(r.atS), pen.y(lower(r))));
  g.closePath();
  g.fill();
}

function drawBudget(pen: Pen, context: ChartContext): void {
  const { g } = pen;
  const { palette, budget } = context;
  const readings = context.readings.filter((r) => budgetOf(r, budget));
  const left = (r: Reading): number => remaining(r, budget) ?? 0;
  const free = (r: Reading): number => left(r) - (budgetOf(r, budget)?.reservedUsd ?? 0);
  pen.inside(() => {
    g.fillStyle = palette.hover;
    fillBetween(
      pen,
      readings,
      (r) => Math.max(0, free(r)),
      () => 0,
    );
    g.fillStyle = fillOf(g, palette, 'hatched', palette.model);
    fillBetween(
      pen,
      readings,
      (r) => Math.max(0, left(r)),
      (r) => Math.max(0, free(r)),
    );
    g.fillStyle = fillOf(g, palette, 'hatched', palette.trouble);
    fillBetween(
      pen,
      readings,
      () => 0,
      (r) => Math.min(0, left(r)),
    );
    g.lineWidth = 2;
    g.strokeStyle = palette.ink;
    g.beginPath();
    trace(pen, readings, (r) => (left(r) >= 0 ? left(r) : null));
    g.stroke();
    g.strokeStyle = palette.trouble;
    g.beginPath();
    trace(pen, readings, (r) => (left(r) < 0 ? left(r) : null));
    g.stroke();
  });
}

/** A cross where the limit was passed. */
function drawCross(pen: Pen, x: number, y: number): void {
  pen.inside(() => {
    const { g } = pen;
    g.strokeStyle = pen.palette.trouble;
    g.lineWidth = 2.5;
    g.beginPath();
    g.moveTo(x - 4, y - 4);
    g.lineTo(x + 4, y + 4);
    g.moveTo(x + 4, y - 4);
    g.lineTo(x - 4, y + 4);
    g.stroke();
  });
}

/** From now on at the pace of the last half hour, and where it leads, in words. */
function drawPace(pen: Pen, context: ChartContext): void {
  const { scenario, readings, latest, palette, ended, budget } = context;
  const pace = paceNow(scenario, readings, budget);
  if (ended || !pace || !latest || pace.remainingUsd <= 0 || pace.usdPerH <= 0) return;
  const { g } = pen;
  const endS = windowEndS(scenario, budget, latest.atS);
  const gone = pace.goneAtS < endS;
  const toS = gone ? pace.goneAtS : endS;
  const [x, y] = [pen.x(toS), pen.y(gone ? 0 : pace.leftAtEndUsd)];
  const colour = gone ? palette.trouble : palette['ink-2'];
  pen.inside(() => {
    g.strokeStyle = colour;
    g.lineWidth = 1.5;
    g.setLineDash([5, 4]);
    g.beginPath();
    g.moveTo(pen.x(latest.atS), pen.y(pace.remainingUsd));
    g.lineTo(x, y);
    g.stroke();
  });
  if (gone && x <= pen.right) drawCross(pen, x, y);
  const text = gone
    ? `at this pace gone at ${timeOfRun(scenario, pace.goneAtS)}`
    : `at this pace ${dollars(pace.leftAtEndUsd)} left at ${timeOfRun(scenario, endS)}`;
  const startY = pen.y(pace.remainingUsd);
  const middle = { x: (pen.x(latest.atS) + Math.min(x, pen.right)) / 2, y: (startY + y) / 2 };
  pen.label(
    text,
    [
      { x: middle.x + 10, y: middle.y - 12 },
      { x: pen.right - 4, y: startY - 12, align: 'right' },
      { x: pen.x(latest.atS) + 8, y: startY - 10 },
      { x: pen.x(latest.atS) - 8, y: pen.bottom - 24, align: 'right' },
      { x: pen.x(latest.atS) - 8, y: startY + 14, align: 'right' },
    ],
    gone ? palette['trouble-ink'] : palette['ink-2'],
    600,
  );
}

function drawThresholds(pen: Pen, context: ChartContext): void {
  const { palette, latest, budget } = context;
  const limit = budgetOf(latest, budget)?.limitUsd;
  if (limit === undefined) return;
  for (const share of [...THRESHOLDS].reverse()) {
    const full = share === 1;
    const y = pen.horizontal(
      limit * (1 - share),
      full ? palette.trouble : palette['ink-3'],
      full ? [] : [1, 3],
    );
    // The lower lines lie closer than their names are high, so these stand side by side.
    const places = [0, 72, 104, 136].flatMap((dx) =>
      [-1, -6].map((dy) => ({ x: pen.right - 4 - dx, y: y + dy, align: 'right' as const })),
    );
    pen.label(
      full ? '100 % spent' : percent(share, 0),
      places,
      full ? palette['trouble-ink'] : palette['ink-2'],
      full ? 600 : 500,
    );
  }
}

/** Names the overshoot where it began. */
function drawOvershoot(pen: Pen, context: ChartContext): void {
  const { readings, palette, budget } = context;
  const most = overspent(context);
  if (most <= 0) return;
  const began = readings.find((r) => (budgetOf(r, budget)?.overshootUsd ?? 0) > 0);
  if (!began) return;
  const [x, y] = [pen.x(began.atS), pen.y(0)];
  drawCross(pen, x, y);
  pen.label(
    `overspent by ${dollars(most)}`,
    [
      { x: x + 10, y: y - 12 },
      { x: x - 10, y: y - 12, align: 'right' },
      { x: x + 10, y: y + 9 },
    ],
    palette['trouble-ink'],
    600,
  );
}

export const burnDown: ChartDefinition = {
  id: 'burn-down',
  title: 'Budget left',
  note: (context) => {
    const settings = context.scenario.gateway?.budgets[context.budget];
    if (!settings) return '';
    const whose =
      settings.scope.kind === 'global'
        ? 'everybody'
        : { tenant: 'tenant', agentType: 'agents', model: 'model' }[settings.scope.kind] +
          ` ${settings.scope.of}`;
    return `${settings.name}: ${whose}, for the ${settings.window} · hatched: reserved`;
  },
  heightPx: { wide: 168, narrow: 180 },
  series: () => [{ stroke: 'transparent', width: 0 }],
  values: () => [null],
  ranges: (context) => {
    const most = greatest(context.readings, (r) => budgetOf(r, context.budget)?.limitUsd ?? 0);
    const limit = roomFor(
      Math.max(most, context.scenario.gateway?.budgets[context.budget]?.limitUsd ?? 1),
      1e-3,
      FINE,
    );
    const over = overspent(context);
    return { y: [over > 0 ? -Math.max(over * 1.1, limit * BELOW) : 0, limit] };
  },
  splits: (low, high) => [...(low < -high * 0.4 ? [low] : []), 0, high / 2, high],
  axisText: (value) =>
    value === 0
      ? '$0'
      : `${value < 0 ? '−' : ''}${dollars(Math.abs(value)).replace('.00', '').replace('.0', '')}`,
  body: drawBudget,
  labels: (pen, context) => {
    const { latest, palette, nowS, budget } = context;
    drawOvershoot(pen, context);
    drawPace(pen, context);
    const left = latest && remaining(latest, budget);
    if (left !== null && left !== undefined && left > 0) {
      const [x, y] = [pen.x(nowS), pen.y(left)];
      pen.label(
        `${dollars(left)} left`,
        [
          { x: x - 8, y: y - 10, align: 'right' },
          { x: x + 8, y: y - 10 },
          { x: x - 8, y: y + 14, align: 'right' },
        ],
        palette.ink,
        600,
      );
    }
    drawThresholds(pen, context);
  },
  legend: (reading, context) => {
    const state = budgetOf(reading, context.budget);
    if (!state) return [];
    const left = state.limitUsd - state.spentUsd;
    return [
      { name: 'spent', value: percent(state.spentUsd / state.limitUsd, 0) },
      { name: 'reserved', value: dollars(state.reservedUsd) },
      state.overshootUsd > 0
        ? { name: 'overspent', value: dollars(state.overshootUsd), tier: 'trouble' }
        : { name: 'left', value: dollars(Math.max(0, left)) },
    ];
  },
  describe: (reading, context) => {
    const state = budgetOf(reading, context.budget);
    if (!state) return 'Budget left. There is no budget.';
    const pace = paceNow(context.scenario, context.readings, context.budget);
    const future =
      !pace || context.ended
        ? ''
        : pace.remainingUsd <= 0
          ? ' Nothing is left.'
          : Number.isFinite(pace.goneAtS) &&
              pace.goneAtS < windowEndS(context.scenario, context.budget, reading.atS)
            ? ` At the pace of the last half hour, ${dollarsPerHour(pace.usdPerH)}, it is gone at ${timeOfRun(context.scenario, pace.goneAtS)}.`
            : ` At the pace of the last half hour it lasts.`;
    return `Budget left, ${nameOf(context)}. Now ${dollars(state.limitUsd - state.spentUsd)} of ${dollars(state.limitUsd)}, ${dollars(state.reservedUsd)} of it reserved${state.overshootUsd > 0 ? `; overspent by ${dollars(state.overshootUsd)}` : ''}.${future}`;
  },
};
