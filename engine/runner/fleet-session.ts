import { scenarioByName } from '../scenarios/catalogue.ts';
import { cellResult, cellSeed, type CellResult } from '../simulation/fleet.ts';
import { Simulation } from '../simulation/simulation.ts';
import type { FleetRequest, FleetWorker } from './fleet-protocol.ts';
import type { Wall } from './session.ts';

/** Longest stretch of work between two looks at the messages. */
const SLICE_MS = 30;
const TELL_EVERY_MS = 150;
/** Simulated milliseconds of one step of work. */
const STEP_MS = 250;

/** Simulates cells to their end, in slices. It knows nothing of workers; fleet-worker.ts exposes it. */
export class FleetSession implements FleetWorker {
  private held: Promise<void> | undefined;
  private release: () => void = () => {};

  constructor(private readonly wall: Pick<Wall, 'nowMs' | 'yield'>) {}

  async run(
    request: FleetRequest,
    cell: number,
    onProgress: (requests: number, share: number) => unknown,
  ): Promise<CellResult> {
    const { scenario, seed, overrides = [], pulls = [] } = request;
    const simulation = new Simulation(
      typeof scenario === 'string' ? scenarioByName(scenario) : scenario,
      cellSeed(seed, cell),
      { overrides, pulls },
    );
    const { recorder } = simulation.world;
    let toldMs = this.wall.nowMs();
    while (!simulation.done) {
      const sliceEndsMs = this.wall.nowMs() + SLICE_MS;
      while (!simulation.done && this.wall.nowMs() < sliceEndsMs)
        simulation.advanceTo(simulation.nowMs + STEP_MS);
      if (this.wall.nowMs() - toldMs >= TELL_EVERY_MS) {
        toldMs = this.wall.nowMs();
        onProgress(recorder.total.requests + recorder.arrivals, simulation.nowMs / simulation.durationMs);
      }
      await this.wall.yield();
      await this.held;
    }
    return cellResult(simulation, cell);
  }

  async hold(): Promise<void> {
    this.held ??= new Promise((resolve) => (this.release = resolve));
  }

  async goOn(): Promise<void> {
    this.held = undefined;
    this.release();
  }
}
