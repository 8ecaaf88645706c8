interface Question {
  oldestMs: number;
  idle: number;
}

const PATIENCE_MS = 400;

/** An idle worker gets what there is; while all are busy, the batch grows. */
export class Batching {
  wait({ oldestMs, idle }: Question): number {
    if (idle > 0 || oldestMs >= PATIENCE_MS) return 0;
    return PATIENCE_MS - oldestMs;
  }
}
