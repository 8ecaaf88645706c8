/** What only a scenario with something that protects it, or with memory, needs: fetched when there is one. */
export { machineCharts } from '../../charts/protection/machine-charts.ts';
export { machineMarks } from '../../charts/protection/machine-marks.ts';
export { machineReading } from '../../charts/protection/machine-reading.ts';
export { machineColumns } from './machines/machine-columns.ts';
export { machineNotes } from './machines/machine-notes.ts';
