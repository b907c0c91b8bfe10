import { STATUS_CODE, STATUS_TEXT } from "../../base/std/http.ts";
import type { z } from "zod";
import type { problemAnswer } from "../../service/schema/answers.ts";

/** Why a page can't be shown, or a form not be accepted. */
export class PageProblem extends Error {
  override readonly name = "PageProblem";

  /** @param detail One sentence for the visitor: what is wrong, and what to do. */
  constructor(readonly status: number, detail: string) {
    super(detail);
  }

  /** For example `Not Found`. */
  get title(): string {
    return STATUS_TEXT[this.status] ?? "Problem";
  }
}

/** The problem that an answer of the API describes. */
export async function readProblem(response: Response): Promise<PageProblem> {
  const { detail }: z.output<typeof problemAnswer> = await response.json();
  return new PageProblem(response.status, detail);
}

/** A page that doesn't exist. */
export function notFound(detail: string): PageProblem {
  return new PageProblem(STATUS_CODE.NotFound, detail);
}
