import { formatClock } from '../core/clock.ts';
import type { CurvePoint, LoadReport } from '../simulation/load-report.ts';
import { headlineOf, omissionInWords } from '../simulation/load-report-words.ts';
import { amount, percent, time } from '../simulation/wording.ts';
import { quantileName, spectrumAxes } from './load-report-axes.ts';

const WIDTH = 720;
const HEIGHT = 260;
/** Rows of the table over time, at most: enough to see a surge, few enough to print. */
const TIMELINE_ROWS = 24;
const PAD = { left: 70, right: 16, top: 12, bottom: 34 };

/** A load test report as one HTML file: no script, nothing fetched, printable, light and dark. */
export function loadReportHtml(report: LoadReport, startS: number): string {
  const { quantiles: q, omission: o } = report;
  const clock = (s: number): string => formatClock(startS + s);
  const rows = (
    [
      ['p50', q.p50Ms, o.quantiles.p50Ms],
      ['p95', q.p95Ms, o.quantiles.p95Ms],
      ['p99', q.p99Ms, o.quantiles.p99Ms],
      ['p99.9', q.p999Ms, o.quantiles.p999Ms],
      ['longest', q.maxMs, o.quantiles.maxMs],
      ['mean', report.meanMs, o.meanMs],
    ] as const
  )
    .map(([name, ms, waiting]) => row(name, time(ms), time(waiting)))
    .join('');
  const saturation = report.saturation
    .map((s) =>
      row(
        s.title,
        s.busy === null ? 'no bound' : percent(s.busy),
        s.busiest === null ? '–' : percent(s.busiest),
        `${amount(s.saturatedS)} s`,
        amount(s.longestQueue),
        amount(s.rejected),
        amount(s.wasted),
      ),
    )
    .join('');
  const every = Math.ceil(report.timeline.length / TIMELINE_ROWS);
  const overTime = report.timeline
    .filter((_, i) => i % every === 0)
    .map((t) =>
      row(
        clock(t.fromS),
        ...[t.offeredPerS, t.throughputPerS, t.failedPerS].map((n) => `${amount(n)}/s`),
        ...[t.p50Ms, t.p99Ms].map((ms) => (Number.isNaN(ms) ? '–' : time(ms))),
      ),
    )
    .join('');
  const pulls = report.pulls
    .map(({ atS, lever, value }) => `${clock(atS)} ${lever} ${String(value)}`)
    .join(', ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Load test: ${escape(report.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Load test: ${escape(report.title)}</h1>
<p>${escape(headlineOf(report))}</p>
<p>${clock(report.fromS)} to ${clock(report.toS)}, seed ${report.seed}, engine ${escape(report.engine)}, fingerprint <code>${report.fingerprint}</code>.
${pulls === '' ? 'No lever was pulled.' : `Pulled: ${escape(pulls)}.`} Open arrivals; response times count from when each request was due.</p>
<dl>
${term('Offered', `${amount(report.offeredPerS)} requests a second`)}
${term('Answered', `${amount(report.throughputPerS)} a second`)}
${term('Failed', `${amount(report.failedPerS)} a second, ${percent(report.errorRate)}`)}
${term('From a cache', percent(report.hitRate))}
</dl>
<h2>Response times</h2>
<table>
<thead><tr><th scope="col">quantile</th><th scope="col">from when it was due</th><th scope="col">as a waiting tester reports</th></tr></thead>
<tbody>${rows}</tbody>
</table>
${chart(report)}
<p>${escape(omissionInWords(report))}</p>
<h2>Over time</h2>
<table>
<thead><tr><th scope="col">from</th><th scope="col">asked</th><th scope="col">answered</th><th scope="col">failed</th><th scope="col">p50</th><th scope="col">p99</th></tr></thead>
<tbody>${overTime}</tbody>
</table>
<h2>Saturation</h2>
<table>
<thead><tr><th scope="col">station</th><th scope="col">busy</th><th scope="col">at most</th><th scope="col">saturated for</th><th scope="col">longest queue</th><th scope="col">refused</th><th scope="col">for nobody</th></tr></thead>
<tbody>${saturation}</tbody>
</table>
<h2>The best and the worst tenth</h2>
<p>Best ${clock(report.best.fromS)} to ${clock(report.best.toS)}: mean ${time(report.best.meanMs)}, p99 ${time(report.best.p99Ms)}, ${percent(report.best.errorRate)} failed.
Worst ${clock(report.worst.fromS)} to ${clock(report.worst.toS)}: mean ${time(report.worst.meanMs)}, p99 ${time(report.worst.p99Ms)}, ${percent(report.worst.errorRate)} failed.</p>
</main>
</body>
</html>
`;
}

/** Both distributions over the quantile. */
function chart({ curve }: LoadReport): string {
  const axes = spectrumAxes(curve);
  if (!axes) return '';
  const x = (p: number): number => PAD.left + axes.x(p) * (WIDTH - PAD.left - PAD.right);
  const y = (ms: number): number => HEIGHT - PAD.bottom - axes.y(ms) * (HEIGHT - PAD.top - PAD.bottom);
  const line = (of: (c: CurvePoint) => number): string =>
    curve
      .filter((c) => of(c) > 0)
      .map((c) => `${x(c.p).toFixed(1)},${y(of(c)).toFixed(1)}`)
      .join(' ');
  const last = curve.findLast((c) => c.ms > 0)!;
  const waited = curve.findLast((c) => c.waitingMs > 0) ?? last;
  const least = x(axes.quantiles.at(-1)!) > WIDTH - PAD.right - 20 ? axes.quantiles.at(-1) : undefined;
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Response time by quantile; the figures are in the table above">
${axes.decadesMs.map((ms) => `<line class="grid" x1="${PAD.left}" x2="${WIDTH - PAD.right}" y1="${y(ms).toFixed(1)}" y2="${y(ms).toFixed(1)}"/><text x="${PAD.left - 8}" y="${(y(ms) + 4).toFixed(1)}" text-anchor="end">${time(ms)}</text>`).join('')}
${axes.quantiles.map((p) => `<text x="${x(p).toFixed(1)}" y="${HEIGHT - 12}" text-anchor="${p === least ? 'end' : 'middle'}">${quantileName(p)}</text>`).join('')}
<polyline class="due" points="${line((c) => c.ms)}"/><polyline class="waiting" points="${line((c) => c.waitingMs)}"/>
<text x="${x(last.p).toFixed(1)}" y="${(y(last.ms) - 6).toFixed(1)}" text-anchor="end">from when it was due</text>
<text x="${x(waited.p).toFixed(1)}" y="${(y(waited.waitingMs) + 16).toFixed(1)}" text-anchor="end">waiting tester (dashed)</text>
</svg>`;
}

const row = (name: string, ...cells: string[]): string =>
  `<tr><th scope="row">${escape(name)}</th>${cells.map((c) => `<td>${escape(c)}</td>`).join('')}</tr>`;
const term = (name: string, value: string): string => `<dt>${escape(name)}</dt><dd>${escape(value)}</dd>`;

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #5b6470; --line: #d9d5cc; --paper: #fbfaf7; }
@media (prefers-color-scheme: dark) { :root { --ink: #ece9e2; --soft: #a9b0b8; --line: #3a4048; --paper: #14171b; } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 760px; margin: 0 auto; padding: 32px 20px; }
h1 { font-size: 24px; } h2 { font-size: 17px; margin-top: 28px; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: 4px 8px; border-bottom: 1px solid var(--line); font-weight: 400; }
thead th { color: var(--soft); } th:first-child { text-align: left; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; } dt { color: var(--soft); } dd { margin: 0; }
svg { width: 100%; height: auto; margin-top: 16px; } svg text { fill: var(--soft); font-size: 11px; }
.grid { stroke: var(--line); } polyline { fill: none; stroke: var(--ink); stroke-width: 2; } .waiting { stroke-dasharray: 5 4; }
`;
