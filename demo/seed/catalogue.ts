// Owns what the demo's cooperative sells, who hosts its shows and when. Names carry both languages, as such shops do.
import type { ProductFactsPatch, Specs, Unit } from '../../server/protocol/index.ts';
import type { DrawingName } from './pictures/index.ts';

export interface SeedVariant {
  label: string;
  unit: Unit;
  /** In fen. */
  priceMinor: number;
  stock: number;
  grade?: string;
  specs?: Specs;
  weightGrams?: number;
}

export interface SeedProduct {
  picture: DrawingName;
  name: string;
  description: string;
  variants: readonly SeedVariant[];
  facts?: ProductFactsPatch;
}

export const sellerName = '清河果蔬合作社 Qinghe Orchard Cooperative';

/** In shelf order: what the host shows first comes first. */
export const products: readonly SeedProduct[] = [
  {
    picture: 'fujiApples',
    name: '红富士苹果 Fuji apples',
    description:
      '南坡老树，霜后采收，脆甜多汁。坏果包赔。\nFrom old trees on the south slope, picked after the first frost. Crisp, sweet, bruised fruit replaced.',
    variants: [
      { label: '大果 Large, 5 kg', grade: '一级 Grade A', specs: [{ name: '果径 Size', value: '80–90 mm' }], weightGrams: 5_000, unit: 'box', priceMinor: 6800, stock: 86 },
      { label: '中果 Medium, 5 kg', grade: '二级 Grade B', specs: [{ name: '果径 Size', value: '70–80 mm' }], weightGrams: 5_000, unit: 'box', priceMinor: 4600, stock: 140 },
      { label: '散装 Loose', unit: 'jin', priceMinor: 680, stock: 420 },
    ],
    facts: {
      origin: '清河县南坡 South slope, Qinghe',
      storage: '放阴凉处可存两个月，冷藏更久。Two months in a cool place, longer in the fridge.',
      returnRule: '坏果 48 小时内拍照，我们补发。Send a photo of bruised fruit within 48 hours, we replace it.',
    },
  },
  {
    picture: 'appleCrate',
    name: '苹果礼盒 Apple gift crate',
    description: '木箱装，单果套网，送礼体面。约 10 公斤，36 个。\nWooden crate, each apple in its own net. About 10 kg, 36 apples.',
    variants: [{ label: '10 kg · 36 个', unit: 'box', priceMinor: 15800, stock: 24 }],
  },
  {
    picture: 'rice',
    name: '五常稻花香大米 Daohuaxiang rice',
    description: '当季新米，现碾现发，煮粥起油，焖饭满屋香。\nThis season’s rice, milled the day it ships. Fragrant, soft, a little sticky.',
    variants: [
      { label: '5 kg', unit: 'bag', priceMinor: 6900, stock: 120 },
      { label: '10 kg', unit: 'bag', priceMinor: 12900, stock: 60 },
    ],
  },
  {
    picture: 'honey',
    name: '洋槐蜂蜜 Acacia honey',
    description: '五月山里的洋槐花蜜，自然成熟，不兑糖。\nFrom May acacia blossom in the hills, ripened in the comb, nothing added.',
    variants: [
      { label: '500 g', unit: 'jar', priceMinor: 5800, stock: 75 },
      { label: '1 kg', unit: 'jar', priceMinor: 10800, stock: 32 },
    ],
  },
  {
    picture: 'greenApples',
    name: '王林青苹果 Orin green apples',
    description: '皮薄微酸，香气像梨。数量不多，卖完等明年。\nThin-skinned and faintly tart, with the scent of pear. A small harvest.',
    variants: [{ label: '5 kg', unit: 'box', priceMinor: 5900, stock: 3 }],
  },
  {
    picture: 'snowPears',
    name: '雪花梨 Snow pears',
    description: '个大核小，蒸着吃、炖冰糖都好。\nLarge, juicy, with a small core. Good raw, or stewed with rock sugar.',
    variants: [
      { label: '4 kg', unit: 'box', priceMinor: 4200, stock: 90 },
      { label: '散装 Loose', unit: 'kg', priceMinor: 1180, stock: 260 },
    ],
  },
  {
    picture: 'persimmons',
    name: '磨盘柿子 Persimmons',
    description: '发货时偏硬，放软再吃，一勺一口蜜。\nShipped firm. Leave them a few days and eat them with a spoon.',
    variants: [{ label: '12 个 pieces', unit: 'box', priceMinor: 3600, stock: 68 }],
  },
  {
    picture: 'sweetPotatoes',
    name: '烟薯25号 Baking sweet potatoes',
    description: '沙地种的，烤箱一小时，流糖。\nGrown in sandy soil. One hour in the oven and the sugar runs.',
    variants: [
      { label: '2.5 kg', unit: 'box', priceMinor: 2680, stock: 110 },
      { label: '散装 Loose', unit: 'jin', priceMinor: 450, stock: 500 },
    ],
  },
  {
    picture: 'walnuts',
    name: '纸皮核桃 Thin-shell walnuts',
    description: '手一捏就开，新果晒干，不漂白。\nOpen by hand. This year’s, dried in the sun, never bleached.',
    variants: [{ label: '', unit: 'kg', priceMinor: 3980, stock: 150 }],
  },
  {
    picture: 'redDates',
    name: '灰枣 Red dates',
    description: '树上吊干，肉厚核小，泡茶煮粥都行。\nDried on the tree. Thick flesh, small stone, for tea or porridge.',
    variants: [
      { label: '500 g', unit: 'bag', priceMinor: 1980, stock: 200 },
      { label: '2 kg', unit: 'box', priceMinor: 6980, stock: 40 },
    ],
  },
  {
    picture: 'millet',
    name: '黄小米 Golden millet',
    description: '旱地小米，熬粥一层米油。\nDry-land millet that cooks into a creamy porridge.',
    variants: [{ label: '2.5 kg', unit: 'bag', priceMinor: 3280, stock: 95 }],
  },
  {
    picture: 'eggs',
    name: '散养土鸡蛋 Free-range eggs',
    description: '果园里散养的鸡，吃虫吃草吃落果。破一赔一。\nFrom hens that live under the apple trees. Broken ones are replaced.',
    variants: [{ label: '30 枚 eggs', unit: 'box', priceMinor: 4500, stock: 55 }],
  },
  {
    picture: 'appleJuice',
    name: '鲜榨苹果汁 Cloudy apple juice',
    description: '四斤苹果一瓶汁，不加水不加糖。\nTwo kilos of apples in each bottle. No water, no sugar.',
    variants: [
      { label: '1 L', unit: 'bottle', priceMinor: 2200, stock: 130 },
      { label: '6 × 1 L', unit: 'box', priceMinor: 11800, stock: 36 },
    ],
  },
  {
    picture: 'hawthorns',
    name: '山楂鲜果 Fresh hawthorn',
    description: '本季已售罄，腊月还有一批冻山楂。\nSold out for this season. Frozen ones come in the twelfth month.',
    variants: [{ label: '2.5 kg', unit: 'box', priceMinor: 2580, stock: 0 }],
  },
];

export interface SeedShow {
  title: string;
  hostName: string;
  poster: DrawingName;
  /** Pictures of the products on its shelf, in order. */
  shelf: readonly DrawingName[];
  pins: readonly DrawingName[];
  /** Hours after seeding; null is "whenever the host is ready". */
  startsInHours: number | null;
}

export const shows: readonly SeedShow[] = [
  {
    title: '清河新米蜂蜜夜 New rice and honey evening',
    hostName: '李大姐 Sister Li',
    poster: 'riceEvening',
    shelf: ['rice', 'honey', 'millet', 'redDates', 'walnuts', 'eggs', 'appleJuice'],
    pins: ['rice', 'honey'],
    startsInHours: 24,
  },
  {
    title: '清河果园直播 Live from the orchard',
    hostName: '张大叔 Uncle Zhang',
    poster: 'orchardMorning',
    shelf: products.map((product) => product.picture),
    pins: ['fujiApples', 'rice', 'honey'],
    startsInHours: null,
  },
];
