import { readTensor, tensor, type Tensors } from "../linalg/tensor.ts";
import type { ProductEvidence } from "../models/content/evidence.ts";
import { checkBelow, checkLength, checkOffsets } from "./checks.ts";

/** What is saved of how much events say of products. */
export function evidenceToTensors(
  { events, newcomers, needed, starts, standIns }: ProductEvidence,
): Tensors {
  return {
    events: tensor(events),
    newcomers: tensor(newcomers),
    needed: tensor(needed),
    starts: tensor(starts),
    standIns: tensor(standIns),
  };
}

/**
 * Restores what {@linkcode evidenceToTensors} saved.
 *
 * @throws {RangeError} If the tensors are inconsistent.
 * @throws {TypeError} If one is missing or of another type.
 */
export function evidenceFromTensors(tensors: Tensors, items: number): ProductEvidence {
  const evidence = {
    events: readTensor(tensors, "events", Uint8Array).data,
    newcomers: readTensor(tensors, "newcomers", Uint32Array).data,
    needed: readTensor(tensors, "needed", Uint8Array).data,
    starts: readTensor(tensors, "starts", Uint32Array).data,
    standIns: readTensor(tensors, "standIns", Uint32Array).data,
  };
  const { newcomers, standIns } = evidence;
  checkLength("events", evidence.events, items);
  checkLength("needed", evidence.needed, newcomers.length);
  checkOffsets("starts", evidence.starts, { parts: newcomers.length, end: standIns.length });
  checkBelow("newcomers", newcomers, items);
  checkBelow("standIns", standIns, items);
  checkNeeded(evidence);
  return evidence;
}

function checkNeeded({ needed, starts }: ProductEvidence): void {
  const wrong = needed.findIndex((count, n) => {
    const all = starts[n + 1] - starts[n];
    return count > all || count === 0 && all > 0;
  });
  if (wrong < 0) return;
  throw new RangeError(
    `needed must be from 1 to the number of stand-ins, number ${wrong} is ${needed[wrong]}`,
  );
}
