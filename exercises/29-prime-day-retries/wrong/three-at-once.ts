// Wrong: three retries for everybody, so trouble makes four times the load
// Says: make the trouble worse
export class Retry {
  onRequest(): void {}

  next({
    attempt,
    nowMs,
    deadlineMs,
  }: {
    attempt: number;
    nowMs: number;
    deadlineMs: number;
  }): number | undefined {
    return attempt <= 3 && nowMs < deadlineMs ? 0 : undefined;
  }
}
