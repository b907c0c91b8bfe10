import type { Algorithm } from "../../src/models/model.ts";
import type { ModelOption } from "../../src/models/options/option.ts";

/** Columns of a terminal, as Commander assumes for `--help`. */
const WIDTH = 80;

/**
 * Lists a model's options for `--help`: name, meaning, allowed values, default and the values that
 * tuning tries.
 */
export function modelOptionsHelp({ name, description, options }: Algorithm): string {
  const indent = 4 + Math.max(...Object.keys(options).map(({ length }) => length));
  const entries = Object.entries(options).map(([option, declared]) =>
    `  ${option.padEnd(indent - 2)}${wrap(describe(declared), indent)}`
  );
  return [wrap(`Options of ${name} (${description}):`, 0), ...entries].join("\n");
}

function describe({ meaning, rule, default: value, search }: ModelOption): string {
  const tried = search.length > 0 ? `, tuning tries ${search.join(", ")}` : "";
  return `${meaning}; ${rule} (default: ${valueText(value)}${tried})`;
}

function valueText(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value).replaceAll(",", ", ") : String(value);
}

/** Breaks text into lines, each but the first indented. */
function wrap(text: string, indent: number): string {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.length - 1;
    if (last >= 0 && indent + lines[last].length + 1 + word.length <= WIDTH) {
      lines[last] += ` ${word}`;
    } else lines.push(word);
  }
  return lines.join(`\n${" ".repeat(indent)}`);
}
