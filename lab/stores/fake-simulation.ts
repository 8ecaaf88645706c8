/** A stand-in for the worker, for tests of what the page does with its frames: the test itself sends them. */
import type { Remote } from 'comlink';
import type {
  Frame,
  Pull,
  RunInfo,
  RunReport,
  RunRequest,
  SimulationWorker,
} from '../../engine/runner/protocol.ts';
import type { RunFile } from '../../engine/runner/run-file.ts';
import { columnNames } from '../../engine/simulation/columns.ts';
import { parseScenario, type ScenarioInput } from '../../engine/simulation/scenario.ts';
import type { Connect } from './connection.ts';

export class FakeSimulation implements SimulationWorker {
  /** Commands in the order in which they came. */
  readonly commands: string[] = [];
  readonly requests: RunRequest[] = [];
  refuse: string | undefined;
  /** The name of that error. */
  refuseAs = 'Error';
  /** What it says when it is asked for a report. */
  report: RunReport | undefined;
  /** The run as a file. */
  written: RunFile | undefined;
  ended = 0;
  private send: (frame: Frame) => unknown = () => undefined;
  private onFailure: (message: string) => void = () => undefined;
  private readonly scenario;

  constructor(input: ScenarioInput) {
    this.scenario = parseScenario(input);
  }

  readonly connect: Connect = (onFailure) => {
    this.onFailure = onFailure;
    return { simulation: this as unknown as Remote<SimulationWorker>, end: () => this.ended++ };
  };

  open(request: RunRequest, onFrame: (frame: Frame) => unknown): Promise<RunInfo> {
    if (this.refuse !== undefined)
      return Promise.reject(Object.assign(new Error(this.refuse), { name: this.refuseAs }));
    this.requests.push(request);
    this.send = onFrame;
    const columns = columnNames(this.scenario);
    const { seed } = request;
    return Promise.resolve({
      engine: 'fake',
      seed,
      scenario: this.scenario,
      intervalS: 1,
      intervals: 3600,
      columns,
    });
  }
  play(speed: unknown): Promise<void> {
    return this.note(`play ${String(speed)}`);
  }
  pause(): Promise<void> {
    return this.note('pause');
  }
  skip(seconds: number): Promise<void> {
    return this.note(`skip ${seconds}`);
  }
  async pull(lever: string, value: Pull['value']): Promise<Pull> {
    await this.note(`pull ${lever} ${String(value)}`);
    return { atS: 0, lever, value };
  }
  async take(recommendation: string): Promise<Pull> {
    await this.note(`take ${recommendation}`);
    return { atS: 0, lever: recommendation, value: true };
  }
  async loadReport(): Promise<RunReport> {
    await this.note('report');
    if (!this.report) throw new Error('The test gave no report.');
    return this.report;
  }
  async file(): Promise<RunFile> {
    await this.note('file');
    if (!this.written) throw new Error('The test gave no file.');
    return this.written;
  }
  close(): Promise<void> {
    return this.note('close');
  }

  /** Sends a frame of zeros, but for what is given. */
  frame(part: Partial<Frame>): void {
    this.sender(part);
  }
  /** Sends to the run that is open now, even when another one is opened later. */
  get sender(): (part: Partial<Frame>) => void {
    const { send } = this;
    const columns = columnNames(this.scenario).length;
    return (part) => {
      const { fromInterval = 0, rows = 0 } = part;
      const series = new Float64Array(rows * columns);
      const nowS = fromInterval + rows;
      send({
        state: 'playing',
        speed: 60,
        nowS,
        requests: 0,
        requestsPerS: 0,
        fromInterval,
        series,
        rows,
        events: [],
        ...part,
      });
    };
  }
  die(message: string): void {
    this.onFailure(message);
  }

  private note(command: string): Promise<void> {
    if (this.refuse !== undefined) return Promise.reject(new Error(this.refuse));
    this.commands.push(command);
    return Promise.resolve();
  }
}
