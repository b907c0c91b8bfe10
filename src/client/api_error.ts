import type { Problem } from "./api_types.ts";

/** The service refused a request or couldn't answer it. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  /**
   * @param status The answer's HTTP status.
   * @param problem Absent if a proxy answered instead of the service.
   */
  constructor(readonly status: number, readonly problem?: Problem) {
    super(problem?.detail ?? `The service answered ${status}`);
  }
}

/** Makes an error of an answer that isn't a success, and consumes its body. */
export async function toApiError(response: Response): Promise<ApiError> {
  const isProblem = response.headers.get("content-type")?.startsWith("application/problem+json");
  if (isProblem) return new ApiError(response.status, await response.json() as Problem);
  await response.body?.cancel();
  return new ApiError(response.status);
}
