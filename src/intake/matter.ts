/** One matter from its own words: category, urgency, where, since when, for how many, what is missing. */
import type { Urgency } from '../domain/category.ts';
import { tellsNothing } from './announced.ts';
import { isTheftOver } from './classify/guards.ts';
import { readHouseholds } from './households.ts';
import type { Classified, Judge } from './judge.ts';
import { completePlace, type Place, readPlace } from './place.ts';
import type { IntakeContext, Matter, Missing } from './reading.ts';
import { readSince } from './since.ts';
import { summarise } from './summary.ts';
import type { Thresholds } from './thresholds.ts';

export interface Draft {
  /** The matter's own words, normalised and masked. */
  readonly text: string;
  /** What labels, a headline or the matter before already said of where. */
  readonly before: Place;
  /** The place where a label gave it; else it is read from the words. */
  readonly labelled?: Place;
  /** Words of a category label or tag, read together with the text. */
  readonly hint?: string;
  readonly time?: string;
  readonly households?: string;
  /** The sender said that it is a report (#上报, a template): then a category in doubt is asked about. */
  readonly explicit: boolean;
}

/** Matters about persons and papers happen nowhere in particular. */
const NO_PLACE =
  /^(?:gov|welfare|social|market|health\.visit|health\.epidemic|agri\.(?:subsidy|tech|collective)|edu\.school|house\.(?:homestead|land)|dispute)/u;
/** Where a whole village or zone is without, its name says enough. */
const AREA_WIDE =
  /^(?:power\.(?:outage|lowvolt|telecom)|water\.(?:outage|quality)|env\.(?:garbage|burning))/u;

function placeMissing(category: string, place: Place): boolean {
  if (NO_PLACE.test(category)) return false;
  if (
    place.landmark !== null ||
    place.group !== null ||
    place.groups.length > 0 ||
    place.neighborhood !== null
  )
    return false;
  return !((place.village !== null || place.zone !== null) && AREA_WIDE.test(category));
}

/** No category is read from words that tell nothing. */
const UNKNOWN: Classified = { category: 'gov.other', confidence: 0, urgency: 'U4', candidates: [] };

const calmer = (urgency: Urgency): Urgency => (urgency === 'U1' ? 'U2' : urgency);

/** Reads the draft with the judge. */
export function readMatter(draft: Draft, context: IntakeContext, judge: Judge, limits: Thresholds): Matter {
  const own = draft.labelled ?? readPlace(draft.text, context.roster);
  const place = completePlace(own, draft.before, draft.text);
  const words = draft.hint === undefined ? draft.text : `${draft.hint} ${draft.text}`;
  const silent = draft.explicit && draft.hint === undefined && tellsNothing(draft.text);
  const classified = silent ? UNKNOWN : judge.classify(words, context.taxonomy);
  const danger = judge.danger(words);
  const category = danger === null ? classified.category : danger.category;
  const privacy = judge.privacy(words, category, context.taxonomy);
  const missing: Missing[] = [];
  if (placeMissing(category, place)) missing.push('place');
  const empty = silent || (draft.explicit && isEmpty(draft.text, place));
  if (empty) missing.push('matter');
  else if (draft.explicit && category === 'gov.other' && classified.confidence < limits.category)
    missing.push('category');
  return {
    category,
    confidence: danger === null ? classified.confidence : Math.max(classified.confidence, 0.8),
    urgency: danger !== null ? 'U1' : isTheftOver(words) ? calmer(classified.urgency) : classified.urgency,
    place: place.landmark,
    group: place.group,
    groups: place.groups,
    neighborhood: place.neighborhood,
    zone: place.zone,
    village: place.village,
    households: readHouseholds(
      draft.households === undefined ? draft.text : `${draft.households} ${draft.text}`,
    ),
    since: readSince(draft.time === undefined ? draft.text : `${draft.time} ${draft.text}`, context.at),
    summary: summarise(draft.text),
    sensitive: privacy.sensitive,
    protected: privacy.protected,
    missing,
  };
}

/** Nothing but a place, or nothing at all. */
function isEmpty(text: string, place: Place): boolean {
  let rest = text.replace(/第?\d{1,2}(?:号)?(?:村民小组|村民组|小组|组|邻)|\d+户/gu, '');
  for (const name of [place.village, place.zone, place.landmark])
    if (name !== null) rest = rest.replaceAll(name, '');
  return rest.replace(/[\s,.。:;!?、|/()[\]#~*-]/gu, '').length < 2;
}
