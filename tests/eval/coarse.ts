/**
 * The coarse labels of the public titles that a category may carry. The titles were filed by
 * department, not by subject: a road is 交通运输 or 城乡建设, a bin in a street either as well.
 */
const BY_CATEGORY: Readonly<Record<string, readonly string[]>> = {
  'road.bus': ['交通运输'],
  'road.parking': ['交通运输', '城乡建设'],
  'road.damage': ['城乡建设', '交通运输'],
  'road.bridge': ['城乡建设', '交通运输'],
  'road.block': ['城乡建设', '交通运输'],
  'power.lamp': ['城乡建设', '交通运输'],
  'env.garbage': ['城乡建设', '环境保护'],
};

const BY_MAIN: Readonly<Record<string, readonly string[]>> = {
  water: ['城乡建设'],
  power: ['城乡建设'],
  house: ['城乡建设'],
  env: ['环境保护'],
  welfare: ['劳动和社会保障'],
  social: ['劳动和社会保障'],
  health: ['卫生计生'],
  edu: ['教育文体'],
  market: ['商贸旅游'],
};

export function coarseLabels(category: string): readonly string[] {
  return BY_CATEGORY[category] ?? BY_MAIN[category.split('.')[0] ?? ''] ?? [];
}
