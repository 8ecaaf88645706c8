/** TinyLFU: the one that was asked more often lately has the place. */
export class Admission {
  admit(_key: number, _victimKey: number, frequency: number, victimFrequency: number): boolean {
    return frequency > victimFrequency;
  }
}
