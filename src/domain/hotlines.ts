/** Whom to call first, by what is happening. Source: the taxonomy's own remarks (119, 120/122, 110, 12328…). */
const BY_CATEGORY: Readonly<Record<string, readonly string[]>> = {
  'safety.fire': ['119'],
  'safety.injury': ['120', '119'],
  'safety.crime': ['110'],
  'safety.missing': ['110'],
  'safety.geo': ['119', '110'],
  'safety.hazard': ['119', '120'],
  'dispute.family': ['110', '120'],
  'dispute.neighbor': ['110'],
  'welfare.child': ['110', '120'],
  'welfare.elder': ['120', '110'],
  'health.epidemic': ['120'],
  'health.visit': ['120'],
  'health.food': ['120'],
  'house.danger': ['119'],
  'house.property': ['119'],
  'power.wire': ['119', '95598'],
  'water.danger': ['119', '110'],
  'road.block': ['110', '119'],
  'road.damage': ['122', '120'],
  'edu.bus': ['122', '120'],
};

const ANY: readonly string[] = ['110', '119', '120'];

/** Hotlines for an emergency, the first to call first. */
export const hotlinesOf = (category: string): readonly string[] => BY_CATEGORY[category] ?? ANY;
