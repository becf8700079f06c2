// Owns which kind of goods a product is, by its name. Pure; what it does not know is `general`.
import type { GoodsKind } from '../../../protocol/cue-limits.ts';

// In this order: honey of orange flowers is honey, dried apple is dried, tea of roses is tea.
const SIGNS: readonly (readonly [GoodsKind, RegExp])[] = [
  ['honey', /蜂蜜|蜜(?!桔|橘|柚|桃|瓜|枣)|蜂(?:胶|巢|王浆)|\bhoney\b/iu],
  ['tea', /茶(?!油|树)|普洱|龙井|毛尖|铁观音|\b(?:teas?|oolong|pu-?erh)\b/iu],
  ['dried', /干(?!净)|脯|木耳|香菇|菌|核桃|花生|瓜子|板栗|红枣|枸杞|腐竹|粉条|辣椒酱|咸菜|酱|\b(?:dried|raisins?|walnuts?|peanuts?|nuts?|mushrooms?|jerky|jams?|pickles?)\b/iu],
  ['eggs-meat', /蛋|鸡|鸭|鹅|猪|牛(?!油果|奶果)|羊|腊|肉|鱼|虾|蟹|\b(?:eggs?|chickens?|ducks?|geese|goose|pork|beef|lamb|mutton|meat|fish|shrimps?|bacon|sausages?)\b/iu],
  ['grain', /米(?!椒)|面|麦|豆(?!角|芽|苗)|杂粮|玉米糁|高粱|藜|薏|(?<!牛)油(?!桃|菜|麦菜)|\b(?:rice|flour|wheat|oats?|beans?|millet|maize|noodles?|lentils?|oil)\b/iu],
  ['vegetables', /菜|瓜(?:苗|尖)|黄瓜|南瓜|冬瓜|苦瓜|丝瓜|茄|椒|葱|姜|蒜|笋|藕|萝卜|土豆|洋芋|红薯|山药|芋|豆角|豆芽|玉米|\b(?:vegetables?|cabbages?|tomato(?:es)?|potato(?:es)?|onions?|garlic|ginger|carrots?|peppers?|cucumbers?|pumpkins?|lettuce|spinach|corn|greens|radish(?:es)?)\b/iu],
  ['fruit', /果|梨|桃|李|杏|橙|橘|桔|柑|柚|葡萄|提子|莓|樱|枣|柿|榴|荔枝|龙眼|瓜|芒|蕉|桑葚|\b(?:fruits?|apples?|pears?|peach(?:es)?|plums?|apricots?|oranges?|mandarins?|citrus|pomelos?|grapes?|\w*berr(?:y|ies)|cherr(?:y|ies)|dates?|persimmons?|lychees?|longans?|melons?|mango(?:es)?|bananas?|kiwis?)\b/iu],
];

export function kindOf(name: string): GoodsKind {
  return SIGNS.find(([, sign]) => sign.test(name))?.[0] ?? 'general';
}
