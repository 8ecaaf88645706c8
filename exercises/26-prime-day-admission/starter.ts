export class Admission {
  constructor(readonly capacity: number) {}

  admit(key: number, victimKey: number, frequency: number, victimFrequency: number): boolean {
    // Everybody comes in. Who should not?
    return true;
  }
}
