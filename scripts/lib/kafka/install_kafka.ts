import { InputError } from "../../../src/base/input_error.ts";
import { runCommand } from "../run_command.ts";

/** The broker that tests run, and what installing it costs. */
export const KAFKA = {
  version: "4.4.0",
  folder: ".venv-kafka",
  size: "43 MB to download, by Maven",
} as const;

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId><artifactId>kafka</artifactId><version>1</version>
  <dependencies><dependency>
    <groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId>
    <version>${KAFKA.version}</version>
  </dependency></dependencies>
</project>
`;

/**
 * Installs Kafka's jars by Maven, unless they are there.
 *
 * @param log Receives a line before something is installed.
 * @returns The folder of the jars.
 * @throws {InputError} If there is no Maven, or it can't fetch them.
 */
export async function installKafka(log: (line: string) => void): Promise<string> {
  const folder = new URL(`../../../${KAFKA.folder}`, import.meta.url).pathname;
  const jars = `${folder}/jars`;
  const marker = `${folder}/installed.txt`;
  if (await Deno.readTextFile(marker).catch(() => "") === KAFKA.version) return jars;
  log(`Installing Kafka ${KAFKA.version} into ${KAFKA.folder}: ${KAFKA.size}`);
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(`${folder}/pom.xml`, POM);
  const { ok, stdout, stderr } = await runCommand("mvn", [
    ...["-q", "-B", "-f", `${folder}/pom.xml`, "dependency:copy-dependencies"],
    `-DoutputDirectory=${jars}`,
  ]);
  if (!ok) {
    const reason = (stdout + stderr).trim().split("\n").slice(0, 3).join("\n");
    throw new InputError(`Cannot install Kafka ${KAFKA.version} by Maven: ${reason}`);
  }
  await Deno.writeTextFile(marker, KAFKA.version);
  return jars;
}
