/** What the run so far says about which suite notices a mutant of a file soonest. */
export class Order {
  private readonly seconds: Map<string, number>;
  private readonly kills = new Map<string, number>();

  constructor(seconds: Map<string, number>) {
    this.seconds = seconds;
  }

  killed(file: string, suite: string): void {
    const key = `${file} ${suite}`;
    this.kills.set(key, (this.kills.get(key) ?? 0) + 1);
  }

  /** Most kills for its time first; before there are any, the suite named like the file. Long campaigns come last by themselves. */
  for(file: string): string[] {
    const name = file.replace(/.*\/|\.sol$/g, "");
    const worth = (suite: string): number => {
      const expected = 0.2 + (suite.includes(name) ? 2 : 0) + (this.kills.get(`${file} ${suite}`) ?? 0);
      return expected / Math.max(0.05, this.seconds.get(suite)!);
    };
    return [...this.seconds.keys()].sort((a, b) => worth(b) - worth(a) || (a < b ? -1 : 1));
  }
}
