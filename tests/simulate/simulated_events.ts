import { simulateCsv, type SimulationOptions } from "../../src/simulate/mod.ts";

/** A row of a simulated file, as text. */
export interface SimulatedRow {
  readonly time: string;
  readonly type: string;
  readonly product: string;
  readonly category: string;
  readonly code: string;
  readonly title: string;
  readonly brand: string;
  readonly price: string;
  readonly user: string;
  readonly session: string;
}

/** The whole file of a simulation. */
export function simulatedText(options: SimulationOptions): string {
  const decoder = new TextDecoder();
  return [...simulateCsv(options)].map((chunk) => decoder.decode(chunk)).join("");
}

/** The rows of a simulation, without the header. */
export function simulatedRows(options: SimulationOptions): SimulatedRow[] {
  return simulatedText(options).trimEnd().split("\n").slice(1).map((line) => {
    const [time, type, product, category, code, title, brand, price, user, session] = line
      .split(",");
    return { time, type, product, category, code, title, brand, price, user, session };
  });
}
