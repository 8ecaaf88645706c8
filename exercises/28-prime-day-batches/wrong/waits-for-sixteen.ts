// Wrong: waits until sixteen are together, however long that takes
// Says: A worker has nothing to do
export class Batching {
  wait({ waiting }: { waiting: number }): number {
    return waiting >= 16 ? 0 : Infinity;
  }
}
