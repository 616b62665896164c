/** 27–31 October: on behalf, corrected, withdrawn. */
import type { Story } from './story.ts';

export const october27: readonly Story[] = [
  {
    at: '10-27 08:58',
    by: 'xiaobinghe',
    in: 'sbq',
    say: '5组新街公厕没水冲，脏得进不去',
    opens: ['env.sewage'],
    later: [
      ['10-27 09:30', 'li', '接单 {n}'],
      ['10-29 11:10', 'li', '办结 {n} 换了浮球阀，已打扫'],
      ['10-29 12:40', 'xiaobinghe', '{n} 满意'],
    ],
  },
  {
    at: '10-27 10:40',
    by: 'huangsongbai',
    in: 'zsp',
    say: '1组有户人家养了两百头猪，粪水直接往沟里排',
    opens: ['env.pollution'],
    later: [
      ['10-27 15:10', 'quzhiwei', '接单 {n}'],
      ['11-03 10:00', 'quzhiwei', '延期 {n} 到11月12日 环保设备到货要一周'],
      ['11-03 10:30', 'yaomingyuan', '同意 {n}'],
      ['11-12 15:00', 'quzhiwei', '办结 {n} 沉淀池已建好，粪水不外排'],
    ],
  },
  {
    at: '10-27 14:12',
    by: 'hejinxiu',
    say: '5组有人家暴，老婆被打得脸上都是血，快来人',
    opens: ['dispute.family'],
    later: [
      ['10-27 14:15', 'duty2', '接单 {n}'],
      ['10-27 14:20', 'fanlei', '接单 {n} 已出警'],
      ['10-27 16:30', 'fanlei', '办结 {n} 已出告诫书，女方送医后回娘家，妇联跟进'],
      ['10-27 19:00', 'hejinxiu', '{n} 满意'],
    ],
  },
  {
    at: '10-28 09:02',
    by: 'caoxin',
    say: '代报：白沙溪村2组符家湾水管漏水，符大爷打电话来说的',
    opens: ['water.leak'],
    later: [
      ['10-28 09:25', 'zhougong', '接单 {n}'],
      ['10-28 15:10', 'zhougong', '办结 {n} 换了水表和闸阀'],
      ['10-29 10:00', 'caoxin', '代评 {n} 满意 符大爷电话里说的'],
    ],
  },
  {
    at: '10-28 10:30',
    by: 'shenqiaoyun',
    in: 'ct',
    say: '10组茶亭桥头路灯不亮',
    opens: ['power.lamp'],
    later: [
      ['10-28 11:10', 'li', '接单 {n}'],
      ['10-28 11:40', 'shenqiaoyun', '更正 {n} 是2盏'],
      ['11-03 09:30', 'li', '办结 {n} 两盏都换了'],
      ['11-03 18:30', 'shenqiaoyun', '{n} 满意'],
    ],
  },
  {
    at: '10-28 15:45',
    by: 'liushunhua',
    in: 'ltw',
    say: '1组村道上有棵树倒了，把路全堵死了，车子过不去',
    opens: ['road.block'],
    later: [
      ['10-28 15:48', 'xiajun', '接单 {n}'],
      ['10-28 16:50', 'xiajun', '办结 {n} 树已锯开，路通了'],
      ['10-28 18:00', 'liushunhua', '{n} 满意'],
    ],
  },
  {
    at: '10-29 08:52',
    by: 'qiuaizhen',
    in: 'sbq',
    say: '3组新街垃圾桶旁边堆了旧沙发，两天了',
    opens: ['env.garbage'],
    later: [
      ['10-29 09:20', 'cenmin', '接单 {n}'],
      ['10-29 15:00', 'qiuaizhen', '撤回 {n} 已经有人拖走了'],
    ],
  },
  {
    at: '10-29 10:10',
    by: 'hanliugen',
    in: 'ct',
    say: '10组的种粮补贴名单里漏了我们组三户',
    opens: ['agri.subsidy'],
    later: [
      ['10-29 15:30', 'quzhiwei', '接单 {n}'],
      ['11-04 16:00', 'quzhiwei', '办结 {n} 三户面积已补录，15日前到账'],
      ['11-04 19:20', 'hanliugen', '{n} 满意'],
    ],
  },
  {
    at: '10-30 09:33',
    by: 'hujianguo',
    in: 'bsx',
    say: '4组校车昨天超载，过道里都站着学生',
    opens: ['edu.bus'],
    later: [
      ['10-30 09:50', 'gelina', '接单 {n}'],
      ['10-30 16:30', 'gelina', '办结 {n} 已加开一趟，司机停岗学习'],
      ['10-30 19:40', 'hujianguo', '{n} 满意'],
    ],
  },
  {
    at: '10-30 15:05',
    by: 'zhangguie',
    in: 'ltw',
    say: '1组我们这里的卫生室周末没人，老人量血压找不到医生',
    opens: ['health.visit'],
    later: [
      ['10-30 15:40', 'mengqiu', '接单 {n}'],
      ['11-03 10:00', 'mengqiu', '办结 {n} 周六上午已排班，下周起'],
      ['11-03 12:00', 'zhangguie', '{n} 满意'],
    ],
  },
  {
    at: '10-31 09:20',
    by: 'lin',
    in: 'ltw',
    say: '#路灯 3组王家桥 又坏1盏',
    opens: ['power.lamp'],
    later: [
      ['11-02 09:00', 'li', '接单 {n}'],
      ['11-09 10:15', 'li', '办结 {n} 进了水，换了防水灯头'],
      ['11-09 18:50', 'lin', '{n} 满意'],
    ],
  },
];
