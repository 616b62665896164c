/**
 * Writes `seeds/october-2026.jsonl`, the demo month as bridge lines, from the stories in `seeds/month/`.
 * Cases are numbered in the order in which they are reported, as the program does, so that what
 * officers write later names the right one. Run: `npx node seeds/make-month.ts`.
 */
import { writeFileSync } from 'node:fs';
import { november } from './month/november.ts';
import { october08 } from './month/october08.ts';
import { october14 } from './month/october14.ts';
import { october20 } from './month/october20.ts';
import { october27 } from './month/october27.ts';
import type { Story } from './month/story.ts';
import { talk } from './month/talk.ts';

interface Said {
  readonly at: string;
  readonly by: string;
  readonly group: string | null;
  readonly text: string;
  readonly media: Story['media'];
}

const byTime = (a: { readonly at: string }, b: { readonly at: string }) =>
  a.at < b.at ? -1 : a.at > b.at ? 1 : 0;

export const stories: readonly Story[] = [
  ...october08,
  ...october14,
  ...october20,
  ...october27,
  ...november,
  ...talk,
].toSorted(byTime);

/** All lines in the order of time; `mNNN` ids follow it. */
export function monthLines(): string[] {
  return said()
    .toSorted(byTime)
    .map(({ at, by, group, text, media = [] }, i) =>
      JSON.stringify({
        type: 'message',
        id: `m${String(i + 1).padStart(3, '0')}`,
        chat: group === null ? { id: `u-${by}`, kind: 'direct' } : { id: `g-${group}`, kind: 'group' },
        from: { id: `u-${by}` },
        text,
        at: `2026-${at.replace(' ', 'T')}:00+08:00`,
        ...(media.length > 0 && { media: media.map((kind) => ({ kind })) }),
      }),
    );
}

function said(): Said[] {
  let serial = 0;
  return stories.flatMap((story) => {
    const { opens = [], later = [], at, by, media } = story;
    const first = serial + 1;
    serial += opens.length;
    const name = (text: string) => named(text, first, at);
    const answers = later.map(([when, who, words, group]): Said => {
      return { at: when, by: who, group: group ?? null, text: name(words), media: undefined };
    });
    return [{ at, by, group: story.in ?? null, text: name(story.say), media }, ...answers];
  });
}

/** `{p}` is the case before this one: what a second report is merged into. */
function named(text: string, first: number, reported: string): string {
  const whole = `LC26${reported.slice(0, 2)}-${String(first).padStart(4, '0')}`;
  return text
    .replaceAll('{n}', String(first))
    .replaceAll('{m}', String(first + 1))
    .replaceAll('{p}', String(first - 1))
    .replaceAll('{N}', whole);
}

if (import.meta.main) {
  writeFileSync(new URL('october-2026.jsonl', import.meta.url), `${monthLines().join('\n')}\n`);
}
