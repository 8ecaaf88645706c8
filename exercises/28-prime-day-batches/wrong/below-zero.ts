// Wrong: a time that is over comes out below zero
// Says: A time that is over already
export class Batching {
  wait({ idle, oldestMs, why }: { idle: number; oldestMs: number; why: string }): number {
    if (idle > 0 || oldestMs >= 500) return 0;
    return why === 'answer' ? 300 - oldestMs : 500 - oldestMs;
  }
}
