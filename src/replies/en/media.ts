/** Photos and files of a case: shown, not taken, not come. */
import type { Templates } from '../../domain/messages.ts';
import type { WordsContext } from '../context.ts';
import { lines } from '../lines.ts';
import { reference, typed } from '../reference.ts';
import type { Words } from '../table.ts';
import { count } from './phrases.ts';

type Shown = Templates['media_shown'];

/** 2 photos, 1 video */
function counted({ photos, videos, sounds }: Shown): string {
  const parts = [
    photos > 0 ? count(photos, 'photo', 'photos') : null,
    videos > 0 ? count(videos, 'video', 'videos') : null,
    sounds > 0 ? count(sounds, 'recording', 'recordings') : null,
  ];
  return parts.filter((part) => part !== null).join(', ');
}

function first(shown: Shown, ctx: WordsContext): string {
  const what = counted(shown);
  const n = reference(shown.number, ctx);
  if (what === '')
    return shown.waiting > 0 ? `${n}: the photos are on their way` : `${n}: no photos to be seen`;
  return shown.able
    ? `${n}: ${what} from the place`
    : `${n} has ${what}, but pictures can't be sent here. Please ask the reporter or the duty desk to show you.`;
}

export const media = {
  media_shown: (shown, ctx) =>
    lines(
      first(shown, ctx),
      shown.withheld > 0
        ? `${count(shown.withheld, 'file is', 'files are')} not passed on: they may hold personal data such as where they were taken, which can't be taken out (HEIC originals, documents). Please ask the reporter for an ordinary photo.`
        : null,
      shown.lost > 0
        ? `${count(shown.lost, 'file', 'files')} could not be fetched; please ask the reporter to send it again.`
        : null,
      shown.waiting > 0
        ? `${count(shown.waiting, 'file is', 'files are')} still on the way: write “照片 ${typed(shown.number, ctx)}” in a few minutes.`
        : null,
    ),
  media_refused: ({ number, why, megabytes }, ctx) => {
    const what =
      why === 'size' ? `it is larger than ${megabytes} MB` : 'it is no photo, video or common document';
    return `${reference(number, ctx)}: your file was not taken, ${what}. Your report is noted and goes its way. To add a photo, take it with the phone and send it.`;
  },
  media_lost: ({ number }, ctx) =>
    `${reference(number, ctx)}: a photo could not be fetched in more than an hour of trying. The case is noted and goes its way. To see it, please ask the reporter to send it again.`,
} satisfies Partial<Words>;
