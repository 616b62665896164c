const BEFORE =
  /(?:没|冇|未|别|勿|莫|不|没有|没再|不再|不会|不是|没得|冇得|并未|不用|没有人|没人|无人|防止?|避免|严禁|禁止)$/u;
const STILL =
  /(?:是不|是不是|有没|有没有|会不会|动不动|要不要|能不|三天不|不时|时不|不停|受不|离不|少不|免不|怕不)$/u;

/** Is what starts here denied or warned of: 没停水, 不漏了, 严禁…; 是不是停电了 is not. */
export function denied(text: string, start: number): boolean {
  if (start === 0) return false;
  const before = text.slice(Math.max(0, start - 4), start);
  return BEFORE.test(before) && !STILL.test(before);
}
