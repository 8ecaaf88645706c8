import { formatClock, parseClock } from '../core/clock.ts';
import { unitOf } from './column-units.ts';

/**
 * A series as comma-separated values (RFC 4180): one row an interval, its beginning first, in seconds of the run and as a time of day. Units
 * stand in the header; a field is empty where there was nothing to measure.
 */
export function seriesCsv(
  names: readonly string[],
  columns: readonly ArrayLike<number>[],
  { startsAt, intervalS }: { startsAt: string; intervalS: number },
): string {
  const startS = parseClock(startsAt, 'startsAt');
  const rows = columns[0]?.length ?? 0;
  const lines = [['from (s)', 'time of day', ...names.map((name) => `${name} (${unitOf(name)})`)]];
  for (let i = 0; i < rows; i++) {
    const atS = i * intervalS;
    const values = columns.map((column) => (Number.isFinite(column[i]) ? String(column[i]) : ''));
    lines.push([String(atS), formatClock(startS + atS), ...values]);
  }
  return lines.map((fields) => `${fields.map(field).join(',')}\r\n`).join('');
}

const field = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
