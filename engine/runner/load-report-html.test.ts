import { describe, expect, it } from 'vitest';
import { loadReport } from '../simulation/load-report.ts';
import { headlineOf, omissionInWords } from '../simulation/load-report-words.ts';
import { Simulation } from '../simulation/simulation.ts';
import { loadReportHtml } from './load-report-html.ts';

const run = new Simulation(
  {
    name: 'desk',
    title: 'A <desk> & more',
    durationS: 300,
    load: { ratePerS: 8 },
    path: ['desk'],
    stations: { desk: { servers: 10, service: { law: 'exponential', meanMs: 1000 } } },
  },
  1,
).run();

describe('the report as a file', () => {
  const html = loadReportHtml(loadReport(run), 0);

  it('holds the figures of the report', () => {
    expect(html).toContain('<title>Load test: A &lt;desk&gt; &amp; more</title>');
    expect(html).toContain(run.fingerprint());
    for (const name of ['p50', 'p95', 'p99', 'p99.9', 'longest', 'mean'])
      expect(html).toContain(`<th scope="row">${name}</th>`);
    expect(html.match(/<polyline/g)).toHaveLength(2);
    expect(html).toContain(headlineOf(loadReport(run)));
    expect(html).toContain(omissionInWords(loadReport(run)));
    expect(html).toContain('No lever was pulled.');
  });

  it('shows the run over time in rows that can be printed, and the pulls', () => {
    expect(html).toContain('<h2>Over time</h2>');
    expect(html.match(/<th scope="row">00:0\d:\d\d<\/th>/g)!.length).toBeLessThanOrEqual(24);
    const pulls = [{ atS: 60, lever: 'stations.desk.servers', value: 12 }];
    const pulled = loadReportHtml(loadReport(new Simulation(run.scenario, 1, { pulls }).run()), 0);
    expect(pulled).toContain('Pulled: 00:01:00 stations.desk.servers 12.');
  });

  it('fetches nothing and runs nothing', () => {
    expect(html).not.toMatch(/<script|https?:|url\(|<link|<img/);
    expect(html).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('says so when nothing happened', () => {
    const none = new Simulation({ ...run.scenario, load: { ratePerS: 0 } }, 1).run();
    const empty = loadReportHtml(loadReport(none), 0);
    expect(empty).toContain('no time yet');
    expect(empty).not.toMatch(/<polyline|NaN|Infinity/);
  });
});
