/** What a benchmark printed, and how it ended. */
export interface BenchRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a benchmark as its task does. */
export async function runBench(name: string, ...args: string[]): Promise<BenchRun> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", `scripts/bench/${name}.ts`, ...args],
    cwd: new URL("../../../", import.meta.url),
  }).output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, out, err };
}
