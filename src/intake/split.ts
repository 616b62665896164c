/** One message, several matters: where one ends and the next begins. */

/** A matter's own words, and whether something separates it clearly from the one before. */
export interface Piece {
  readonly text: string;
  /** True after ①, 一是, 另外, ；: a new matter. False after a full stop or comma: perhaps the same one. */
  readonly fresh: boolean;
  /** True where the piece is an item of a numbered list. */
  readonly item: boolean;
}

const ITEM =
  /(?:^|[\n\s:;。,])(?:\d{1,2}(?:[、)]|\.(?!\d)) ?|\(\d{1,2}\) ?|第?[一二三四五六七八九]是|[一二三四五六七八九]、|第[一二三四五六七八九](?:个|件|条)?(?:[、,:]|是|事))/gu;
const TURN =
  /(?:^|[,，。;!?\n ]+)(?:另外|另|还有(?:就是|一个|一件|个|件)?(?:事情?|情况|问题)?|再就是|再一个|再有|此外|除此之外|顺便(?:说一下|问一下|反映一下)?|对了|同时|最后|其次)(?=[^的]) ?[,:]?/gu;
const STRONG = /[;\n]+/u;
const WEAK = /(?<=[。!?])|,/u;

/** Marks every boundary with a character nobody types, so that one split finds them all. */
const ITEM_MARK = '\ue001';
const TURN_MARK = '\ue002';

/** A message of more pieces is a text, not a report: the rest counts as one. */
const MOST_PIECES = 60;

/** The pieces of a normalised text in order, empty ones left out. */
export function splitPieces(text: string): Piece[] {
  const pieces = allPieces(text);
  if (pieces.length <= MOST_PIECES) return pieces;
  const rest = pieces
    .slice(MOST_PIECES)
    .map((piece) => piece.text)
    .join(',');
  return [...pieces.slice(0, MOST_PIECES), { text: rest, fresh: true, item: false }];
}

function allPieces(text: string): Piece[] {
  const items = [...text.matchAll(ITEM)].length >= 2;
  const marked = (items ? text.replace(ITEM, `\n${ITEM_MARK}`) : text).replace(TURN, `\n${TURN_MARK}`);
  const pieces: Piece[] = [];
  for (const block of marked.split(STRONG)) {
    const item = block.startsWith(ITEM_MARK);
    const words = block.replace(/[\ue001\ue002]/gu, '');
    let fresh = true;
    for (const part of words.split(WEAK)) {
      const trimmed = part.replace(/^[\s,。!?:、~]+|[\s,]+$/gu, '');
      if (trimmed === '') continue;
      pieces.push({ text: trimmed, fresh, item: item && fresh });
      fresh = false;
    }
  }
  return pieces;
}

const FINE =
  /(?:都|均|全部|其他|其余|别的|一切)?(?:没事|没问题|正常|平安|安好|无异常|没什么事|没有问题|都好|情况良好|无恙|还好|挺好|没什么情况)(?:的|了|啊|呢)?$/u;
const BAD_TOO = /(?:不|没有?)正常|不太?好|就是|但是|可是/u;

/** A clause that says all is well: no matter, whatever it counts. */
const VISITED =
  /^(?:今天|昨天|前天|上午|下午|早上|刚才|刚刚|我|本周|这周)*(?:走访|入户|排查|巡查|摸排|看望)(?:了)?[^,。]{0,10}$/u;

export function saysFine(clause: string): boolean {
  if (VISITED.test(clause)) return true;
  return FINE.test(clause) && !BAD_TOO.test(clause);
}
