import { display, type DisplayForms } from "./display.ts";

/** Shows sentences in a notebook as a list. */
export async function showFindings(...findings: string[]): Promise<void> {
  await display(findingsForms(findings));
}

/** The forms in which {@linkcode showFindings} shows sentences. */
export function findingsForms(findings: readonly string[]): DisplayForms {
  const list = findings.map((finding) => `- ${finding}`).join("\n");
  return { "text/markdown": list, "text/plain": list };
}
