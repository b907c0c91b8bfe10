/**
 * The user's input is wrong: a file, a row, an option. The message says what was attempted, the
 * rule, the value and what to do; commands print it without a stack trace and exit with code 1.
 */
export class InputError extends Error {
  override readonly name: string = "InputError";
}
