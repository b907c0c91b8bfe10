/** A real broker for tests: Kafka's jars from Maven, data in a temporary folder, on loopback. */
import { Admin, Producer, stringSerializers } from "@platformatic/kafka";
import { freePort } from "../../scripts/lib/spark/free_port.ts";
import { runCommand } from "../../scripts/lib/run_command.ts";
import { sleep } from "../../src/base/time.ts";

const START_MS = 60_000;

/** The folder of Kafka's jars, which `deno task test:spark` installs; missing without it. */
export const jars: string | undefined = Deno.env.get("KAFKA_JARS");

/** A broker that belongs to one test. */
export interface TestBroker extends AsyncDisposable {
  readonly address: string;
  /** Where it asks for TLS and a login; missing unless it was started with one. */
  readonly secureAddress?: string;
  createTopic(name: string, partitions: number): Promise<void>;
  /** Sends texts to a topic, in turn to its partitions. */
  send(topic: string, partitions: number, values: readonly string[]): Promise<void>;
  /** Kills it, as a crash does. */
  kill(): Promise<void>;
  /** Starts it again after {@linkcode TestBroker.kill}. */
  start(): Promise<void>;
}

/** How clients of {@linkcode TestBroker.secureAddress} log in. */
export interface BrokerSecurity {
  /** Certificate chain and private key, as PEM. */
  readonly keyStore: string;
  readonly username: string;
  readonly password: string;
}

const MECHANISMS = ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] as const;

/** The settings of a listener that asks for TLS and a login. */
function secureSettings({ keyStore, username, password }: BrokerSecurity) {
  const modules = "org.apache.kafka.common.security";
  const scram = `${modules}.scram.ScramLoginModule required;`;
  return {
    "sasl.enabled.mechanisms": MECHANISMS.join(),
    "listener.name.sasl_ssl.plain.sasl.jaas.config":
      `${modules}.plain.PlainLoginModule required user_${username}="${password}";`,
    "listener.name.sasl_ssl.scram-sha-256.sasl.jaas.config": scram,
    "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config": scram,
    "ssl.keystore.type": "PEM",
    "ssl.keystore.location": keyStore,
  };
}

/**
 * Starts a broker, which is its own controller.
 *
 * @param security Adds a listener with TLS and logins.
 */
export async function startKafka(security?: BrokerSecurity): Promise<TestBroker> {
  const folder = await Deno.makeTempDir({ prefix: "kafka-test-" });
  const [port, controller, secure] = [freePort(), freePort(), freePort()];
  const address = `127.0.0.1:${port}`;
  const settings = {
    "process.roles": "broker,controller",
    "node.id": 1,
    "controller.quorum.voters": `1@127.0.0.1:${controller}`,
    listeners: `PLAINTEXT://${address},CONTROLLER://127.0.0.1:${controller}` +
      (security ? `,SASL_SSL://127.0.0.1:${secure}` : ""),
    "controller.listener.names": "CONTROLLER",
    "listener.security.protocol.map": "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL",
    ...(security && secureSettings(security)),
    "log.dirs": `${folder}/data`,
    "offsets.topic.replication.factor": 1,
    "offsets.topic.num.partitions": 1,
    "group.initial.rebalance.delay.ms": 0,
  };
  const file = `${folder}/server.properties`;
  await Deno.writeTextFile(
    file,
    Object.entries(settings).map(([name, value]) => `${name}=${value}\n`).join(""),
  );
  const java = ["-Xmx384m", "-cp", `${jars}/*`];
  const id = crypto.getRandomValues(new Uint8Array(16)).toBase64({ alphabet: "base64url" })
    .replaceAll("=", "").replace(/^-/, "a");
  const { ok, stderr } = await runCommand("java", [
    ...[...java, "kafka.tools.StorageTool", "format", "-t", id, "-c", file],
    ...(security
      ? MECHANISMS.slice(1).flatMap((mechanism) => [
        "--add-scram",
        `${mechanism}=[name=${security.username},password=${security.password}]`,
      ])
      : []),
  ]);
  if (!ok) throw new Error(`Kafka's storage can't be formatted: ${stderr}`);

  let process: Deno.ChildProcess | undefined;
  const start = async () => {
    process = new Deno.Command("java", {
      args: [...java, "kafka.Kafka", file],
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    const deadline = performance.now() + START_MS;
    while (!await answers(port)) {
      if (performance.now() > deadline) throw new Error("Kafka doesn't answer");
      await sleep(100);
    }
  };
  const kill = async () => {
    process?.kill("SIGKILL");
    await process?.status;
    process = undefined;
  };
  const client = { clientId: "test", bootstrapBrokers: [address], retries: 20, retryDelay: 250 };
  await start();
  return {
    address,
    ...(security && { secureAddress: `127.0.0.1:${secure}` }),
    start,
    kill,
    async createTopic(name, partitions) {
      const admin = new Admin(client);
      await admin.createTopics({ topics: [name], partitions, replicas: 1 });
      await admin.close();
    },
    async send(topic, partitions, values) {
      const producer = new Producer({
        ...client,
        serializers: stringSerializers,
        idempotent: true,
      });
      const messages = values.map((value, i) => ({ topic, partition: i % partitions, value }));
      await producer.send({ messages });
      await producer.close();
    },
    async [Symbol.asyncDispose]() {
      await kill();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

async function answers(port: number): Promise<boolean> {
  try {
    (await Deno.connect({ hostname: "127.0.0.1", port })).close();
    return true;
  } catch {
    return false;
  }
}
