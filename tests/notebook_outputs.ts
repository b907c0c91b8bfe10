/** Reads the outputs of a notebook that has run. */

/** One output, by media type. */
type Output = Readonly<Record<string, unknown>>;

/** The parts of a Vega-Lite chart that tests check. */
export interface ShownChart {
  readonly title: { readonly text: string };
  readonly data?: { readonly values: readonly Readonly<Record<string, unknown>>[] };
}

/** The outputs of a notebook. */
export interface NotebookOutputs {
  /** Its size on disk. */
  readonly bytes: number;
  /** The number of lines of each code cell. */
  readonly codeLines: readonly number[];
  /** Errors and printed text, neither of which a notebook should have. */
  readonly complaints: readonly string[];
  /** By title. */
  readonly charts: ReadonlyMap<string, ShownChart>;
  /** As text: a line for the header and one for each row, columns at least two spaces apart. */
  readonly tables: readonly string[];
  /** The sentences computed from the data, except those of the last cell. */
  readonly findings: readonly string[];
  /** The sentences of the last cell: what the shop should do. */
  readonly advice: readonly string[];
  /** The text between the cells of code. */
  readonly prose: string;
}

interface Cell {
  readonly cell_type: "code" | "markdown";
  readonly source: readonly string[];
  readonly outputs?: readonly {
    readonly output_type: string;
    readonly data?: Readonly<Record<string, unknown>>;
    readonly text?: readonly string[];
    readonly evalue?: string;
  }[];
}

/** Reads a notebook's outputs. */
export async function readNotebook(path: string): Promise<NotebookOutputs> {
  const text = await Deno.readTextFile(path);
  const allCells = JSON.parse(text).cells as Cell[];
  const cells = allCells.filter(({ cell_type }) => cell_type === "code");
  const outputs = cells.flatMap(({ outputs = [] }) => outputs);
  const shown = outputs.flatMap(({ data }) => data ? [joined(data)] : []);
  const formsOf = (type: string) => shown.filter((forms) => type in forms);
  return {
    bytes: new TextEncoder().encode(text).length,
    codeLines: cells.map(({ source }) => source.length),
    complaints: outputs.filter(({ data }) => !data).map(({ text, evalue }) =>
      evalue ?? text?.join("") ?? "an output that is neither data nor text"
    ),
    charts: new Map(
      formsOf("application/vnd.vegalite.v5+json").map((forms) => {
        const chart = forms["application/vnd.vegalite.v5+json"] as ShownChart;
        return [chart.title.text, chart];
      }),
    ),
    tables: formsOf("text/html").map((forms) => forms["text/plain"] as string),
    findings: sentencesOf(cells.slice(0, -1)),
    advice: sentencesOf(cells.slice(-1)),
    prose: allCells.filter(({ cell_type }) => cell_type === "markdown")
      .map(({ source }) => source.join("")).join("\n\n"),
  };
}

function sentencesOf(cells: readonly Cell[]): string[] {
  return cells.flatMap(({ outputs = [] }) => outputs).flatMap(({ data }) => {
    const markdown = data && joined(data)["text/markdown"];
    return typeof markdown === "string" ? markdown.split("\n") : [];
  });
}

/** Notebook files hold texts as arrays of lines. */
function joined(data: Readonly<Record<string, unknown>>): Output {
  return Object.fromEntries(
    Object.entries(data).map(([type, value]) => [
      type,
      Array.isArray(value) ? value.join("") : value,
    ]),
  );
}

/** The cells of a table's rows, by column title. */
export function tableRows(table: string): Record<string, string>[] {
  const [titles, ...rows] = table.split("\n").map((line) => line.trim().split(/ {2,}/));
  return rows.map((cells) => Object.fromEntries(cells.map((cell, i) => [titles[i], cell])));
}
