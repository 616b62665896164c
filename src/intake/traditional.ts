/** Traditional characters to simplified, for matching. The dictionary is built when the first one is met. */
import { Converter } from 'opencc-js/t2cn';

const FIRST = 0x4e00;
const LAST = 0x9fff;

interface Dictionary {
  readonly convert: (text: string) => string;
  /** 1 for each character of the block that is written differently in simplified script. */
  readonly traditional: Uint8Array;
}

let dictionary: Dictionary | null = null;

function build(): Dictionary {
  const convert = Converter({ from: 't', to: 'cn' });
  const traditional = new Uint8Array(LAST - FIRST + 1);
  for (let code = FIRST; code <= LAST; code++) {
    const char = String.fromCharCode(code);
    if (convert(char) !== char) traditional[code - FIRST] = 1;
  }
  return { convert, traditional };
}

/** The text in simplified characters. A text without traditional ones comes back as it is. */
export function toSimplified(text: string): string {
  dictionary ??= build();
  for (let i = 0; i < text.length; i++) {
    if (dictionary.traditional[text.charCodeAt(i) - FIRST] === 1) return dictionary.convert(text);
  }
  return text;
}
