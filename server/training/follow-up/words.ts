// Owns the words of the files that follow-up gives out.
import type { VisitState } from '../../protocol/follow-up.ts';

export interface ExportWords {
  kind: string;
  trainer: string;
  class: string;
  name: string;
  phone: string;
  home: string;
  trainers: string;
  ended: string;
  trainees: string;
  visitsDone: string;
  visits: readonly [string, string, string, string];
  note: string;
  states: Readonly<Record<VisitState, string>>;
  still30: string;
  still90: string;
  of: string;
  unknown: string;
  yes: string;
  no: string;
  lastShow: string;
  shows: string;
  onAir: string;
  viewers: string;
  orders: string;
  placed: string;
  kept: string;
  currency: string;
  visit: (name: string, week: number) => string;
}

export const exportWords: Readonly<Record<'en' | 'zh-CN', ExportWords>> = {
  en: {
    kind: 'Row',
    trainer: 'Trainer',
    class: 'Class',
    name: 'Name',
    phone: 'Phone',
    home: 'Village',
    trainers: 'Trainers',
    ended: 'Ended',
    trainees: 'Trainees',
    visitsDone: 'Visits made',
    visits: ['Visit week 1', 'Visit week 2', 'Visit week 4', 'Visit week 8'],
    note: 'note',
    states: { planned: 'planned', done: 'made', missed: 'missed' },
    still30: 'Still streaming after 30 days',
    still90: 'Still streaming after 90 days',
    of: 'of',
    unknown: 'not known',
    yes: 'yes',
    no: 'no',
    lastShow: 'Last show',
    shows: 'Shows since',
    onAir: 'Minutes on the air',
    viewers: 'Viewers',
    orders: 'Orders',
    placed: 'Value placed',
    kept: 'Value kept',
    currency: 'Currency',
    visit: (name, week) => `Visit ${name} (week ${week})`,
  },
  'zh-CN': {
    kind: '类别',
    trainer: '老师',
    class: '班级',
    name: '姓名',
    phone: '电话',
    home: '村庄',
    trainers: '老师',
    ended: '结课',
    trainees: '学员数',
    visitsDone: '已回访',
    visits: ['第1周回访', '第2周回访', '第4周回访', '第8周回访'],
    note: '记录',
    states: { planned: '计划', done: '已回访', missed: '没见到' },
    still30: '30天后还在直播',
    still90: '90天后还在直播',
    of: '总人数',
    unknown: '不清楚',
    yes: '是',
    no: '否',
    lastShow: '最近一场',
    shows: '结课后场次',
    onAir: '直播分钟',
    viewers: '观众',
    orders: '订单',
    placed: '下单金额',
    kept: '实收金额',
    currency: '货币',
    visit: (name, week) => `回访${name}（第${week}周）`,
  },
};
