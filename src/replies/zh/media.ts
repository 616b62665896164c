/** Photos and files of a case: shown, not taken, not come. */
import type { Templates } from '../../domain/messages.ts';
import type { WordsContext } from '../context.ts';
import { lines } from '../lines.ts';
import { reference, typed } from '../reference.ts';
import type { Words } from '../table.ts';

type Shown = Templates['media_shown'];

/** 照片2张、视频1段 */
function counted({ photos, videos, sounds }: Shown): string {
  const parts = [
    photos > 0 ? `照片${photos}张` : null,
    videos > 0 ? `视频${videos}段` : null,
    sounds > 0 ? `录音${sounds}段` : null,
  ];
  return parts.filter((part) => part !== null).join('、');
}

function first(shown: Shown, ctx: WordsContext): string {
  const what = counted(shown);
  const n = reference(shown.number, ctx);
  if (what === '') return shown.waiting > 0 ? `${n} 的照片正在取` : `${n} 没有能看的照片`;
  return shown.able
    ? `${n} 现场${what}`
    : `${n} 有${what}，可是这里发不了图片，请找上报人看，或请值班员转给您。`;
}

export const media = {
  media_shown: (shown, ctx) =>
    lines(
      first(shown, ctx),
      shown.withheld > 0
        ? `${counted(shown) === '' ? '' : '另'}有${shown.withheld}份附件不能转：里面可能带着拍摄地点等个人信息，去不掉（苹果手机的 HEIC 原图、文档等）。要看，请上报人用微信等直接拍照重发。`
        : null,
      shown.lost > 0 ? `有${shown.lost}份没有取到，请上报人再发一次。` : null,
      shown.waiting > 0
        ? `还有${shown.waiting}份没取完，过几分钟再回“照片 ${typed(shown.number, ctx)}”。`
        : null,
    ),
  media_refused: ({ number, why, megabytes }, ctx) => {
    const what = why === 'size' ? `超过${megabytes}兆，太大了` : '不是照片、视频或常见的文档';
    return `${reference(number, ctx)} 您发的附件没有收：${what}。您说的事已经记下，照常办。要补照片，请用手机拍了直接发来。`;
  },
  media_lost: ({ number }, ctx) =>
    `${reference(number, ctx)} 有照片没有取到，试了一个多小时，平台没有给。这件事已经记下，照常办。要看照片，请上报人再发一次。`,
} satisfies Partial<Words>;
