/** `huiyin parse`: understanding alone, line by line. Loads neither database nor adapters. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseLine } from '../intake/parse.ts';
import { shippedTaxonomy } from '../taxonomy/index.ts';
import type { Output } from './output.ts';
import { loadTownship, policyOf } from './township.ts';

export interface ParseOptions {
  readonly township: string | undefined;
  readonly input: string;
}

export async function parse({ township, input }: ParseOptions, output: Output): Promise<void> {
  const policy = township === undefined ? null : policyOf(await loadTownship(township), 1);
  const roster = policy?.roster ?? null;
  const taxonomy = policy?.taxonomy ?? shippedTaxonomy;
  const lines = createInterface({ input: input === '-' ? process.stdin : createReadStream(input) });
  let number = 0;
  for await (const line of lines) {
    number++;
    if (line.trim() === '') continue;
    const read = parseLine(parsed(line), roster, taxonomy);
    const detail = read.ok ? null : `line ${number}: ${read.detail}`;
    const answer = read.ok ? read.answer : { type: 'error', id: null, code: 'bad_line', detail };
    output.write(`${JSON.stringify(answer)}\n`);
    await output.pace();
    if (output.closed) break;
  }
  lines.close();
  await output.flush();
}

/** What is no JSON is undefined, which no line's shape allows. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
