import { join, resolve } from "node:path";
import { InputError } from "../../../src/base/input_error.ts";
import { installPackage, type PythonPackage } from "../python/install_package.ts";
import { runCommand } from "../run_command.ts";

/** A server of Spark Connect that can be installed from PyPI. */
export interface SparkServerKind extends PythonPackage {
  readonly name: "Sail" | "Spark";
  /** How long it may take to answer after its start, in milliseconds. */
  readonly startMs: number;
}

/** Runs Spark's SQL in one process, without a JVM. */
export const SAIL: SparkServerKind = {
  name: "Sail",
  requirement: "pysail==0.7.2",
  folder: ".venv-sail",
  size: "63 MB to download, 195 MB on disk",
  startMs: 15_000,
};

/** Spark itself, which needs Java. */
export const SPARK: SparkServerKind = {
  name: "Spark",
  requirement: "pyspark==4.3.0",
  folder: ".venv-spark",
  size: "456 MB to download, 520 MB on disk",
  startMs: 180_000,
};

/**
 * Installs a server into its own virtual environment, unless it is there.
 *
 * @param log Receives a line before something is installed.
 * @throws {InputError} If it can't be installed, or Spark has no Java.
 */
export async function installServer(
  kind: SparkServerKind,
  log: (line: string) => void,
): Promise<void> {
  if (kind.name === "Spark") await requireJava(kind.name);
  await installPackage(kind, log);
}

/** The program and arguments that start a server on this machine's own address. */
export function startCommand(
  { name, folder }: SparkServerKind,
  { port, master = "local[*]", files = [] }: {
    port: number;
    master?: string;
    files?: readonly string[];
  },
): { program: string; args: string[]; env: Record<string, string> } {
  const path = fromProject(folder);
  if (name === "Sail") {
    const args = ["spark", "server", "--ip", "127.0.0.1", "--port", String(port)];
    // One thread reads a file in its order. Of several, an idle one takes over another's piece, and
    // Sail numbers its rows as those of the first piece: in 3 of 100 queries, measured.
    const env = { SAIL_EXECUTION__DEFAULT_PARALLELISM: "1" };
    return { program: join(path, "bin", "sail"), args, env };
  }
  const home = sparkHome(path);
  const settings = {
    "spark.connect.grpc.binding.address": "127.0.0.1",
    "spark.connect.grpc.binding.port": port,
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.ui.enabled": false,
    "spark.sql.shuffle.partitions": 4,
    "spark.sql.warehouse.dir": fromProject("data/spark/warehouse"),
    // Beside executors of its own, the server only plans: the second compiler of Java costs it more
    // processor time than it saves, which executors on this machine lack.
    ...(master.startsWith("local-cluster") && {
      "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
    }),
  };
  return {
    program: join(home, "bin", "spark-class"),
    args: [
      "org.apache.spark.deploy.SparkSubmit",
      ...["--class", "org.apache.spark.sql.connect.service.SparkConnectServer"],
      ...["--master", master, "--driver-memory", "2g"],
      ...(files.length === 0 ? [] : ["--files", files.map((file) => resolve(file)).join(",")]),
      ...Object.entries(settings).flatMap(([key, value]) => ["--conf", `${key}=${value}`]),
      "spark-internal",
    ],
    env: { SPARK_HOME: home, SPARK_LOCAL_IP: "127.0.0.1" },
  };
}

/** The jar of Spark Connect within the installed Spark. */
export function connectJar(): string {
  return join(sparkHome(fromProject(SPARK.folder)), "jars", "spark-connect_2.13-4.3.0.jar");
}

function sparkHome(folder: string): string {
  const lib = join(folder, "lib");
  const python = directoriesIn(lib).find((name) => name.startsWith("python3"));
  return join(lib, python ?? "python3", "site-packages", "pyspark");
}

function directoriesIn(folder: string): string[] {
  try {
    return Array.from(Deno.readDirSync(folder), ({ name }) => name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/**
 * Checks that there is a Java that runs Spark 4 and Kafka 4.
 *
 * @throws {InputError} If there is none, or it is older.
 */
export async function requireJava(program: string): Promise<void> {
  const { ok, stderr } = await runCommand("java", ["-version"]);
  const version = Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0);
  if (ok && version >= 17) return;
  throw new InputError(
    `Cannot run ${program}: it needs Java 17 or later on the PATH, ${
      ok ? `this is Java ${version}` : "there is none"
    }${program === "Spark" ? "; without Java, leave --real out to get Sail" : ""}`,
  );
}

function fromProject(path: string): string {
  return new URL(`../../../${path}`, import.meta.url).pathname;
}
