/** A bar on a terminal; nothing anywhere else. */
export class Progress {
  private readonly visible: boolean;
  private shown = -1;

  constructor(
    private readonly stream: NodeJS.WriteStream,
    wanted: boolean,
  ) {
    this.visible = wanted && stream.isTTY;
  }

  /** @param share of the run that is done, 0 to 1. */
  show(share: number): void {
    const cells = Math.floor(share * 40);
    if (!this.visible || cells === this.shown) return;
    this.shown = cells;
    this.stream.write(`\r[${'█'.repeat(cells)}${'·'.repeat(40 - cells)}] ${Math.floor(share * 100)} %`);
  }

  clear(): void {
    if (this.visible) this.stream.write('\r\x1b[K');
  }
}
