/** A Spark server with executors in processes of their own, which make lists. */
import { decodeRequest } from "../../../src/batch/executor_messages.ts";
import { freePort } from "../../../scripts/lib/spark/free_port.ts";
import { packProgram } from "../../../scripts/lib/spark/pack_program.ts";
import { startServer, stopServer } from "../../../scripts/lib/spark/run_server.ts";
import { SPARK } from "../../../scripts/lib/spark/spark_servers.ts";
import { requireCommand } from "../../../scripts/lib/run_command.ts";
import { TempFolder } from "../../../src/base/temp_folder.ts";

/** A running server; disposing of it stops it. */
export interface ServerWithExecutors extends AsyncDisposable {
  readonly pid: number;
  readonly master: string;
}

/** Starts a server with two executors of one core and 1 GB each. */
export async function startWithExecutors(): Promise<ServerWithExecutors> {
  const temporary = new TempFolder();
  const { path } = temporary;
  const { pid, master } = await startServer(SPARK, {
    port: freePort(),
    log: `${path}/server.log`,
    master: "local-cluster[2,1,1024]",
    files: await packProgram(`${path}/files`),
  });
  return {
    ...{ pid, master },
    async [Symbol.asyncDispose]() {
      await stopServer(pid);
      temporary[Symbol.dispose]();
    },
  };
}

/** Waits until a program on one of the server's executors makes lists, and kills that executor. */
export async function killWorkingExecutor(server: number): Promise<void> {
  for (;;) {
    const processes = await listProcesses();
    const isBelow = (pid: number, ancestor: number): boolean => {
      const parent = processes.get(pid)?.parent;
      return parent !== undefined && (parent === ancestor || isBelow(parent, ancestor));
    };
    const executors = [...processes]
      .filter(([pid, { args }]) =>
        args.includes("CoarseGrainedExecutorBackend") &&
        isBelow(pid, server)
      )
      .map(([pid]) => pid);
    const makers = [...processes].filter(([, { args }]) => makesLists(args)).map(([pid]) => pid);
    const working = executors.find((executor) => makers.some((maker) => isBelow(maker, executor)));
    if (working !== undefined) {
      Deno.kill(working, "SIGKILL");
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Whether a command line is that of the program making lists, not of its check. */
function makesLists(args: string): boolean {
  const [, argument] = /^\S*deno run .*lists\.js (\S+)$/.exec(args) ?? [];
  return argument !== undefined && !decodeRequest(argument).check;
}

async function listProcesses(): Promise<Map<number, { parent: number; args: string }>> {
  const text = await requireCommand("list processes", "ps", ["-ww", "-eo", "pid=,ppid=,args="]);
  return new Map(
    text.split("\n").flatMap((line) => {
      const [, pid, parent, args] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
      return pid === undefined ? [] : [[Number(pid), { parent: Number(parent), args }]];
    }),
  );
}
