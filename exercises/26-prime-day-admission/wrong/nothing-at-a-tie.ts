// Wrong: says nothing when both were asked equally often
// Says: it has to be true or false itself
export class Admission {
  admit(key: number, victimKey: number, frequency: number, victimFrequency: number): boolean | undefined {
    if (frequency > victimFrequency) return true;
    if (frequency < victimFrequency) return false;
    return undefined;
  }
}
