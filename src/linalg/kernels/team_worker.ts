/** A thread of a team: takes calls of kernels until there are none, and waits for more. */
import { instantiateKernels, type KernelInstance } from "./module.ts";
import { runCalls, type SharedWork } from "./shared_work.ts";

/** What the team sends: first the memory, then work. */
type Message = { readonly memory: WebAssembly.Memory } | { readonly work: SharedWork };

/** The part of a Worker's global scope that is used here. */
interface WorkerScope {
  onmessage: (event: MessageEvent<Message>) => void;
  postMessage(message: null): void;
}

const scope = globalThis as unknown as WorkerScope;
let instance: KernelInstance | null = null;

scope.onmessage = ({ data }) => {
  if ("memory" in data) {
    instance = instantiateKernels(data.memory);
  } else if (instance) {
    runCalls(instance, data.work);
    scope.postMessage(null);
  }
};
