import { type Displayable, JUPYTER_DISPLAY } from "./display.ts";

/** Shows sentences in a notebook as a list. */
export function showFindings(...findings: string[]): Displayable {
  const list = findings.map((finding) => `- ${finding}`).join("\n");
  return {
    [JUPYTER_DISPLAY]: () => Promise.resolve({ "text/markdown": list, "text/plain": list }),
  };
}
