/** What is wrong in a file that a person wrote, said so that the person finds the place. */

export interface FileError {
  readonly file: string;
  /** From 1; null where the place has no line (an environment variable, a sheet). */
  readonly line: number | null;
  /** `offices[2].leader`; empty for the file as a whole. */
  readonly field: string;
  readonly message: string;
}

export type TownshipError = FileError;

/** A place in a file as keys and list positions: `['offices', 2, 'leader']`. */
export type Path = readonly (string | number)[];

/** `offices[2].leader`. */
export function fieldOf(path: Path): string {
  return path.map((key, i) => (typeof key === 'number' ? `[${key}]` : i === 0 ? key : `.${key}`)).join('');
}

/** One line an error: `township.yaml:12: offices[2].leader: 找不到人员 "wang"，请在 people 里加上`. */
export function formatErrors(errors: readonly FileError[]): string {
  return errors
    .map(({ file, line, field, message }) =>
      [line === null ? file : `${file}:${line}`, field, message].filter((part) => part !== '').join(': '),
    )
    .join('\n');
}

/** In the order in which a person reads the file. */
export function inFileOrder(errors: readonly FileError[]): FileError[] {
  return [...errors].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}
