/** What is said of the bot itself, and what is asked of it. */

const HELP =
  /^(?:请问|那)?(?:怎么|如何|咋)(?:上报|报事|用(?!水|电)|使用|操作|玩)|^你(?:能|会|可以)(?:干|做|帮)?(?:我)?(?:什么|啥|些什么|哪些)|^(?:你)?(?:有)?(?:什么|哪些)功能|^你是(?:谁|干什么|做什么)|(?:教|告诉)(?:我|一?下)(?:我)?(?:怎么|如何)(?:上报|报|用)/u;

/** How to report, what it can do: answered with the help. */
export const asksForHelp = (text: string): boolean => HELP.test(text);

const BOT = '(?:机器人|小助手|智能助手|回音|bot)';
const BAD =
  '(?:烦(?:死|人|得|不)|太多|太吵|刷屏|少发|莫发|别发|不要发|难用|不好用|没用|冇用|听不懂|看不懂|乱回|答非所问|关掉|扰民)';
const COMPLAINT = new RegExp(`${BOT}[^。]{0,24}?${BAD}|${BAD}[^。,]{0,6}的?${BOT}`, 'u');

/** A complaint about the bot goes to who runs it; one about people is a matter. */
export const complainsOfBot = (text: string): boolean => COMPLAINT.test(text);
