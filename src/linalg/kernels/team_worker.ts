/** A thread of a team: makes kernel calls until none remain, then waits for more work. */
import { instantiateKernels, type KernelInstance } from "./module.ts";
import { runCalls, type SharedWork } from "./shared_work.ts";

/** A message from the team: first the memory, then work. */
type Message = { readonly memory: WebAssembly.Memory } | { readonly work: SharedWork };

/** The part of a Worker's global scope in use here. */
interface WorkerScope {
  onmessage: (event: MessageEvent<Message>) => void;
  postMessage(message: null): void;
}

const scope = globalThis as unknown as WorkerScope;
let instance: KernelInstance | undefined;

scope.onmessage = ({ data }) => {
  if ("memory" in data) {
    instance = instantiateKernels(data.memory);
  } else if (instance) {
    runCalls(instance, data.work);
    scope.postMessage(null);
  }
};
