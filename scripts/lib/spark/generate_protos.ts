import { InputError } from "../../../src/base/input_error.ts";
import { requireCommand } from "../run_command.ts";

const BUF = "npm:@bufbuild/buf@1.75.0/buf";
const PLUGIN = "npm:@bufbuild/protoc-gen-es@2.17.0/protoc-gen-es";

/** Both run without the project's configuration: they aren't among its dependencies. */
const ALONE = ["run", "-A", "--no-config", "--no-lock"];

/**
 * Generates TypeScript from the `.proto` files in a jar of Spark Connect; the result is the same on
 * every run. Only what the service and its errors need is generated.
 *
 * @param jar The jar's path.
 * @param to The folder to write.
 * @throws {InputError} If there is no such jar, or the generator reports an error.
 */
export async function generateProtos(jar: string, to: string): Promise<void> {
  try {
    await Deno.stat(jar);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new InputError(
      `Cannot generate the client: there is no ${jar}; deno task spark:up --real installs it`,
    );
  }
  const template = {
    version: "v2",
    clean: true,
    inputs: [{
      zip_archive: jar,
      types: ["spark.connect.SparkConnectService", "google.rpc.ErrorInfo"],
      paths: ["spark/connect", "google/rpc/error_details.proto"],
    }],
    plugins: [{
      local: [Deno.execPath(), ...ALONE, PLUGIN],
      out: to,
      opt: ["target=ts", "import_extension=ts"],
    }],
  };
  const args = [...ALONE, BUF, "generate", "--template", JSON.stringify(template)];
  await requireCommand("generate the client", Deno.execPath(), args);
}
