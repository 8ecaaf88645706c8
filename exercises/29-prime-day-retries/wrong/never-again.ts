// Wrong: no retries at all
// Says: Such a one is worth another try
export class Retry {
  onRequest(): void {}

  next(): number | undefined {
    return undefined;
  }
}
