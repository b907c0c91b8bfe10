/** Escapes `&`, `<`, `>` and both quotes, so that text is safe between tags and in attributes. */
export function escape(text: string): string;
