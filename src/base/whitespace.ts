/**
 * The characters that count as blanks, for regular expressions between brackets. JavaScript, Java
 * and Rust each mean others by `\\s`; patterns that all three run must name them.
 */
export const WHITESPACE = String.raw`\u0009-\u000d\u0020\u00a0\u1680\u2000-\u200a` +
  String.raw`\u2028\u2029\u202f\u205f\u3000\ufeff`;
