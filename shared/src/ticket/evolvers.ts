import type { EventType } from './events'
import { DISPATCH } from './evolvers/dispatch'
import { HAND_OVER } from './evolvers/handOver'
import { HOTLINE_WORK } from './evolvers/hotlineWork'
import { INTAKE } from './evolvers/intake'
import type { Evolvers } from './evolvers/parts'
import { WHOLE_INTAKE } from './evolvers/wholeIntake'
import { TOGETHER } from './evolvers/together'
import { OVERSIGHT } from './evolvers/oversight'
import { RATING } from './evolvers/rating'
import { UNIT_WORK } from './evolvers/unitWork'

/** What each event does to the snapshot; an event without its evolver does not compile. */
export const EVOLVERS: Evolvers<EventType> = {
  ...INTAKE,
  ...DISPATCH,
  ...UNIT_WORK,
  ...HOTLINE_WORK,
  ...WHOLE_INTAKE,
  ...TOGETHER,
  ...OVERSIGHT,
  ...RATING,
  ...HAND_OVER,
}
