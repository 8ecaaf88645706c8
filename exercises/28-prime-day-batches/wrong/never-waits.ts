// Wrong: no batches at all
// Says: A batch of one would stand in their queue
export class Batching {
  wait(): number {
    return 0;
  }
}
