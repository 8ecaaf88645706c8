import type { Row } from './case.ts';

export interface CaseRows {
  name: string;
  summary: string;
  rows: readonly Row[];
}

export interface Conditions {
  date: string;
  cores: number;
  cpu: string;
  versions: readonly string[];
  pairs: number;
}

/** Three significant digits: more are noise. */
const figure = (value: number): string =>
  Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));

const HEAD = ['case', 'value', 'peer', 'ratio: median', 'least to most', 'to reach', 'reached'];

function cells({ case: title, value, unit, peer, ratio, target }: Row): string[] {
  return [
    title,
    value === null ? '–' : `${figure(value)} ${unit}`,
    peer ?? '–',
    ratio === null ? '–' : figure(ratio.median),
    ratio === null ? '–' : `${figure(ratio.min)} to ${figure(ratio.max)}`,
    target ?? '–',
    reached({ value, peer, ratio, target }),
  ];
}

/** Targets read `>= 2` or `<= 5`: of the ratio where there is a peer, else of the value; a unit may follow. */
function reached({ value, ratio, target }: Pick<Row, 'value' | 'peer' | 'ratio' | 'target'>): string {
  const match = /^(>=|<=) ([\d.]+)( .+)?$/.exec(target ?? '');
  if (match === null) return '–';
  const ofValue = match[3] !== undefined;
  const got = ofValue ? value : (ratio?.median ?? null);
  if (got === null) return 'not measured';
  return (match[1] === '>=' ? got >= Number(match[2]) : got <= Number(match[2])) ? 'yes' : 'no';
}

/** For a terminal. */
export function textTable(rows: readonly Row[]): string {
  const lines = [HEAD, ...rows.map(cells)];
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const tableOf = (rows: readonly Row[]): string =>
  [HEAD, HEAD.map(() => '---'), ...rows.map(cells)].map((line) => `| ${line.join(' | ')} |`).join('\n');

const machineOf = ({ cores, cpu, versions }: Conditions): string =>
  `Machine: ${cores} cores, ${cpu}. ${versions.join(', ')}.`;

const sectionOf = ({ name, summary, rows }: CaseRows, apart = ''): string =>
  `## ${name}\n\n${summary}${apart}\n\n${tableOf(rows)}\n`;

export function markdown(cases: readonly CaseRows[], conditions: Conditions): string {
  return `# Benchmarks

Written by \`npm run bench\` on ${conditions.date}; not to be edited by hand.

${machineOf(conditions)}

Each ratio is ours over the peer's, above 1 where ours is the faster one, measured in ${conditions.pairs} pairs of runs in the order A B B A.
A figure that is not reached says so. Times of another machine differ; the ratios less.

${cases.map((one) => sectionOf(one)).join('\n')}`;
}

/**
 * The text with the section of one case written anew, which says when and where it was measured. One that was not there is put before the
 * first of those that come after it.
 * @param names of all cases, in their order
 */
export function withSection(
  text: string,
  one: CaseRows,
  conditions: Conditions,
  names: readonly string[],
): string {
  const [head = '', ...sections] = text.split(/^(?=## )/m);
  const byName = new Map(
    sections.map((section) => [/^## (\S+)/.exec(section)?.[1] ?? '', section.trimEnd() + '\n']),
  );
  const apart = ` Measured apart on ${conditions.date}, ${conditions.pairs} pairs. ${machineOf(conditions)}`;
  byName.set(one.name, sectionOf(one, apart));
  const ordered = names.flatMap((name) => byName.get(name) ?? []);
  return `${head.trimEnd()}\n\n${ordered.join('\n')}`;
}
