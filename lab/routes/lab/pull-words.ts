import type { Pull } from '../../../engine/runner/protocol.ts';
import type { Scenario } from '../../../engine/simulation/scenario.ts';

/** What a pull did, in few words for the time axis: "L3 on", "Retry budget 20 %", "flush dead work". */
export function pullWords(pull: Pull, scenario: Scenario): string {
  const lever = scenario.levers.find(({ id }) => id === pull.lever);
  if (!lever) return `${pull.lever} ${String(pull.value)}`;
  const { control, param } = lever;
  const name = lever.level ? lever.level.toUpperCase() : lever.label;
  if (control.kind === 'action') return `${control.label} ${lever.label}`.toLowerCase();
  if (control.kind === 'choice') {
    const option = control.options.find(({ value }) => String(value) === String(pull.value));
    return `${name} ${option?.label ?? String(pull.value)}`;
  }
  if (typeof pull.value === 'boolean') return `${name} ${pull.value ? 'on' : 'off'}`;
  return `${name} ${String(pull.value)}${param ? ` ${param.unit}` : ''}`;
}
