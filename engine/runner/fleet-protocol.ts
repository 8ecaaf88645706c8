/** The messages between a page that simulates a whole fleet and one of the workers that simulate its cells. Plain data. */
import type { CellResult } from '../simulation/fleet.ts';
import type { RunRequest } from './protocol.ts';

/** A run of the fleet; its cells differ in their seeds only. */
export type FleetRequest = RunRequest;

/** The worker's side, exposed through Comlink. One cell at a time. */
export interface FleetWorker {
  /** Simulates a cell to its end. `onProgress` hears how many requests it has simulated, seldom. */
  run(
    request: FleetRequest,
    cell: number,
    onProgress: (requests: number, share: number) => void,
  ): Promise<CellResult>;
  /** Holds the cell under way where it is. */
  hold(): Promise<void>;
  goOn(): Promise<void>;
}
