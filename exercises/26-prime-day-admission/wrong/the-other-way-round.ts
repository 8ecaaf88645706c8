// Wrong: lets in what was asked less often
// Says: The new one was asked 8 times lately, its victim 1 times
export class Admission {
  admit(key: number, victimKey: number, frequency: number, victimFrequency: number): boolean {
    return frequency < victimFrequency;
  }
}
