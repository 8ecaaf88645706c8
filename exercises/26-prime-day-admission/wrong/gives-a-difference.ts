// Wrong: gives a number, as a comparison for sort would
// Says: expected true, got 7
export class Admission {
  admit(key: number, victimKey: number, frequency: number, victimFrequency: number): number {
    return frequency - victimFrequency;
  }
}
