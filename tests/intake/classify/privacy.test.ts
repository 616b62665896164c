import { describe, expect, it } from 'vitest';
import { classify, isQuestion, privacy } from '../../../src/intake/classify/index.ts';
import { shippedTaxonomy } from '../../../src/taxonomy/index.ts';

const read = (text: string) => privacy(text, classify(text, shippedTaxonomy).category, shippedTaxonomy);

describe('sensitive: an identifiable person’s private circumstances', () => {
  it.each([
    '我叫张三,低保三个月没到账,请帮查',
    '刘奶奶说药吃完了没人去拿,麻烦卫生院',
    '8邻王家小孩,11岁,昨天被他爸打得身上都是伤',
    '陈爹的低保停了两个月',
    '我家的低保为什么停了',
    '隔壁老李的儿子残疾证到期了,他不会办',
    '3组周大爷瘫痪在床,没人照顾',
    '有个独居老人行动不便,饭都做不了',
    '张家婆媳又闹起来了',
    '王五借了我三万块钱不还',
    '李家两个娃爸妈都在外,没人管',
    '我妈的养老金两个月没领到了',
    '杨婶得了癌症,想申请大病救助',
    '6邻那个女孩辍学在家',
    '老赵家的地被隔壁占了',
    '我老公工伤,老板不赔',
  ])('%s', (text) => {
    expect(read(text).sensitive).toBe(true);
  });

  it.each([
    '养老认证怎么办',
    '低保怎么申请,要什么材料',
    '今年医保交多少钱',
    '残疾证在哪里办',
    '高龄津贴什么时候发',
    '3组王家桥路灯坏了',
    '张家湾停水了',
    '刘家屋场的路塌了一块',
    '我们组的养老金都没发',
    '好几户的种粮补贴没到账',
    '学校食堂饭菜不新鲜',
    '村里账目一年没公开了',
    '卫生室周末没人,老人量血压找不到医生',
    '3组和4组争山界',
    '我家门口路灯坏了',
    '有人掉水库里了',
    '养老保险能不能异地认证',
    '医保报销比例是多少',
  ])('not: %s', (text) => {
    expect(read(text).sensitive).toBe(false);
  });
});

describe('protected: who asks to stay hidden, or complains of a cadre', () => {
  it.each([
    '别说是我说的,村头养猪场半夜偷排粪水',
    '匿名反映一下,砖厂晚上冒黑烟',
    '请保密,3组有人在基本农田建房',
    '不要让他们知道是我讲的,隔壁天天烧垃圾',
    '莫讲是我讲的,那个店卖假药',
    '我要举报有人电鱼',
    '民政办那个人态度恶劣,去了就吼',
    '窗口的人上班玩手机,理都不理',
    '怕他报复,不敢留名字,有人乱砍树',
  ])('%s', (text) => {
    expect(read(text).protected).toBe(true);
  });

  it.each([
    '村头养猪场半夜偷排粪水,臭得很',
    '广场舞太吵了',
    '3组路灯坏了',
    '有人在田里烧秸秆',
    '便民服务中心周六上班吗',
    '请村干部来看一下水管',
    '书记,5组停电了',
  ])('not: %s', (text) => {
    expect(read(text).protected).toBe(false);
  });
});

describe('discipline is not ours; slow or rude service is', () => {
  it.each([
    '村支书贪污了修路的钱',
    '主任收了红包才给批宅基地',
    '村里选举有人花钱买票,一票两百',
    '会计把低保户的钱截留了',
    '镇上那个干部吃回扣',
    '书记把集体的山卖了钱装进自己口袋',
    '村主任拉票贿选',
    '办个证要给工作人员塞红包',
    '村干部虚报冒领种粮补贴',
    '包村干部吃拿卡要',
    '组长挪用了征地款',
  ])('%s', (text) => {
    expect(read(text).discipline).toBe(true);
  });

  it.each([
    '工作人员态度差,跑了四趟没办成',
    '民政办办事太慢,推来推去',
    '村干部不管事,打电话不接',
    '老板拖欠工资不给',
    '物业乱收费',
    '学校乱收费',
    '买票难,班车太少',
    '垃圾费收了钱不清运',
    '红包抢完了',
    '书记给大家发红包了',
    '村里的账目不公开',
    '分红没到账',
    '淘宝店给好评返现吃回扣',
    '代我给村主任拜个年',
    '快递柜收钱才能取件',
  ])('not: %s', (text) => {
    expect(read(text).discipline).toBe(false);
  });
});

describe('a private fact about a named person without any request', () => {
  it.each([
    '刘桂花确诊肺结核了,大家离她家远点',
    '听说王建国得了艾滋病',
    '张秀英怀孕了,还没结婚呢',
    '周家的媳妇有精神病',
    '李四坐过牢,大家小心',
    '陈国强离婚了,老婆跟人跑了',
    '老赵欠了一屁股赌债',
    '告诉你们,4组黄美丽查出乙肝了',
  ])('%s', (text) => {
    expect(read(text)).toMatchObject({ privateFact: true, sensitive: true });
  });

  it.each([
    '刘桂花确诊肺结核了,麻烦卫生院上门看看',
    '王大爷得了癌症,家里没钱治,想申请救助',
    '学校好几个孩子确诊手足口',
    '村里有人得了肺结核吗',
    '周奶奶有高血压,药吃完了没人拿',
    '肺结核怎么报销',
    '张婶的老公精神病发作了,在砸东西',
    '离婚证丢了怎么补',
    '今年流感多,大家注意',
  ])('not: %s', (text) => {
    expect(read(text).privateFact).toBe(false);
  });
});

describe('a general question', () => {
  it.each([
    '养老认证怎么办',
    '低保怎么申请',
    '身份证丢了怎么补办',
    '医保在哪里交',
    '办准生证要什么材料',
    '便民服务中心周六上班吗',
    '请问宅基地怎么批',
    '种粮补贴什么时候发',
    '高龄津贴多少岁可以领',
    '外地的医保能在这边报销吗',
    '老年证咋办',
    '疫苗几点开始打',
    '生二胎有什么补贴政策',
    '社保卡掉了去哪里补',
  ])('%s', (text) => {
    expect(isQuestion(text)).toBe(true);
  });

  it.each([
    '井盖坏了怎么办',
    '停水了怎么办',
    '怎么又停电了',
    '路灯坏了什么时候修',
    '这事有人管吗',
    '垃圾怎么还没人拉',
    '为什么我的低保停了',
    '补贴怎么还没到账',
    '吃了吗',
    '晚上打牌吗',
    '你在哪里',
    '3组停水',
    '什么时候才能来水啊,都停了两天了',
  ])('not: %s', (text) => {
    expect(isQuestion(text)).toBe(false);
  });
});
