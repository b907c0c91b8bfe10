/**
 * What the files of this repository import and export, as parsed by Deno: static, dynamic and type
 * imports, and re-exports.
 */
import { TempFolder } from "../src/base/temp_folder.ts";
import { requireCommand } from "../scripts/lib/run_command.ts";

/** From one module to another. */
export interface Edge {
  /** Path from the repository's root, for example `src/models/svd.ts`. */
  readonly from: string;
  /**
   * A path from the repository's root, or a package's specifier, for example `npm:hono@4.13.19`.
   */
  readonly to: string;
}

/** One module imports another. */
export interface Import extends Edge {
  /** Whether only types are imported, or code that Deno reads no sooner than it is asked for. */
  readonly isOfTypes: boolean;
}

/** An export of a module. */
export interface Export {
  readonly file: string;
  readonly name: string;
  /** The description in its doc comment; empty if it has none. */
  readonly doc: string;
}

const root = new URL("../", import.meta.url);

/**
 * The TypeScript files in a folder and its subfolders, as sorted paths from the repository's root.
 */
export function sourceFiles(folder: string): string[] {
  const files: string[] = [];
  for (const entry of Deno.readDirSync(new URL(folder, root))) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) files.push(...sourceFiles(path));
    else if (/\.tsx?$/.test(path) && !path.endsWith(".d.ts")) files.push(path);
  }
  return files.sort();
}

/** The imports of these files and of all files of the repository that they reach. */
export async function readImports(files: readonly string[]): Promise<Import[]> {
  using temporary = new TempFolder();
  const folder = temporary.path;
  // `deno info` takes one entry point, so this one imports all files.
  const entry = `${folder}/entry.ts`;
  await Deno.writeTextFile(
    entry,
    files.map((file) => `import "${new URL(file, root)}";`).join("\n"),
  );
  const graph = await runDeno<ModuleGraph>(["info", "--json", entry]);
  return graph.modules.flatMap(importsOf);
}

interface ModuleGraph {
  readonly modules: readonly ModuleNode[];
}

interface ModuleNode {
  readonly specifier: string;
  readonly error?: string;
  readonly dependencies?: readonly {
    readonly specifier: string;
    readonly code?: { readonly specifier?: string; readonly error?: string };
    readonly type?: { readonly specifier?: string; readonly error?: string };
  }[];
}

function importsOf({ specifier, error, dependencies = [] }: ModuleNode): Import[] {
  if (error) throw new Error(`Cannot read the imports of ${specifier}: ${error}`);
  if (!specifier.startsWith(root.href)) return [];
  return dependencies.flatMap(({ code, type }) => {
    const failed = code?.error ?? type?.error;
    if (failed) throw new Error(`Cannot read the imports of ${specifier}: ${failed}`);
    const targets = new Set([code?.specifier, type?.specifier].filter((to) => to !== undefined));
    return [...targets].map((to) => ({
      from: fromRoot(specifier),
      to: fromRoot(to),
      isOfTypes: to !== code?.specifier,
    }));
  });
}

/**
 * Everything that these files declare and export; re-exports count for the file that declares them.
 */
export async function readExports(files: readonly string[]): Promise<Export[]> {
  const { nodes } = await runDeno<Documentation>(["doc", "--json", ...files]);
  return Object.entries(nodes).flatMap(([file, { symbols = [] }]) =>
    symbols.flatMap(({ name, declarations }) =>
      declarations.filter(isOwnExport)
        .map(({ jsDoc }) => ({ file: fromRoot(file), name, doc: jsDoc?.doc ?? "" }))
    )
  );
}

function isOwnExport({ kind, declarationKind }: Declaration): boolean {
  return kind !== "reference" && declarationKind === "export";
}

interface Documentation {
  readonly nodes: Readonly<
    Record<string, {
      readonly symbols?: readonly {
        readonly name: string;
        readonly declarations: readonly Declaration[];
      }[];
    }>
  >;
}

interface Declaration {
  readonly kind: string;
  readonly declarationKind: string;
  readonly jsDoc?: { readonly doc?: string };
}

function fromRoot(specifier: string): string {
  return specifier.startsWith(root.href) ? specifier.slice(root.href.length) : specifier;
}

async function runDeno<Output>([command, ...args]: string[]): Promise<Output> {
  const config = new URL("deno.json", root).pathname;
  return JSON.parse(
    await requireCommand("read the modules", Deno.execPath(), [
      command,
      "--config",
      config,
      ...args,
    ], {
      cwd: root,
    }),
  );
}
