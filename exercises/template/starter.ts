export class Peak {
  note(latencyMs: number): void {
    // A question that points to the heart of it. The starter compiles, ends, and fails at least one check.
  }

  highest(): number | undefined {
    return undefined;
  }
}
