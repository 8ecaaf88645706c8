// Wrong: everybody comes in
// Says: speak for the victim
export class Admission {
  admit(): boolean {
    return true;
  }
}
