/** What heads mended themselves and only tell: counted, never a task for anybody. */
import { readLandmark } from './landmark.ts';
import { readTaggedReport, type Scene } from './report.ts';
import type { Outcome } from './result.ts';

const WE =
  '(?:(?:我们?|咱们?)?自己|我们?(?:几个|组|和|跟|同|带|叫|请|组织|发动|上午|下午|今天|昨天|刚才|刚|已经?|把|帮|给|买|出面|上门|去)|带人|组织(?:人|群众|村民|大家|邻居)|发动(?:大家|村民|群众)|大家一起|几个(?:人|邻居)一起)';
const MEND =
  '(?:修|换|装|清|疏通|通|搬|砍|锯|扫|填|补|挖|捡|打扫|清理|处理|解决|搞|弄|调解|讲|劝|接|扶|移|拖|铲|埋|拉|架)';
const RESULT =
  '(?:好|完|通|上|掉|走|开|干净|平|和|妥|拢|回去|下来|起来)(?:了|哒|啦)|(?:了|哒|啦)(?=$|[,。;!])';
const DID = new RegExp(`${WE}[^。;]{0,16}?${MEND}[^,。;]{0,6}?(?:${RESULT})`, 'u');
const SAID =
  /^(?:已|已经)(?:自行)?(?:处理|解决|办好|搞好|弄好)(?:好|完|掉)?(?:了)?[,:。 ].{0,40}(?:我|自己|组织|带人|发动|邻居)/u;
/** Then it is not over, or it was long ago. */
const NOT_OVER =
  /没|冇|不(?!用|麻烦|劳|消)|又|但|可是|还(?:是|在|有|要)|希望|请(?!人|了)|谁|怎么|什么|[?吗]|上次|去年|帮忙|尽快|来人|派人/u;
/** Sure enough that it is of ours: 我自己把饭煮好了 is not. */
const OURS = 0.4;

export function readSelfHandled(text: string, scene: Scene): Outcome | null {
  const said = SAID.test(text);
  if (!(said || DID.test(text)) || NOT_OVER.test(text.replace(/没(?:事|问题)/gu, ''))) return null;
  const { category, confidence } = scene.judge.classify(text, scene.context.taxonomy);
  const placed = /\d{1,2}(?:组|邻)/u.test(text) || readLandmark(text) !== null;
  if (!said && (category === 'gov.other' || (confidence < OURS && !placed))) return null;
  return readTaggedReport({ kinds: new Set(['self_handle']), text }, scene, 'self_handle');
}
