import type { Scenario } from '../../../engine/simulation/scenario.ts';
import { scriptedEvents } from '../../stores/live-settings.ts';

/** Where the run stands against its first scripted event: "2:40 since the surge began". */
export function sinceEvents(scenario: Scenario, nowS: number, span: (seconds: number) => string): string {
  const first = scriptedEvents(scenario)[0];
  if (!first) return '';
  const name = first.kind === 'surge' ? 'the surge' : `“${first.label}”`;
  if (nowS < first.atS) return `${span(Math.ceil(first.atS - nowS))} to ${name}`;
  return `${span(nowS - first.atS)} since ${name}${first.kind === 'surge' ? ' began' : ''}`;
}
