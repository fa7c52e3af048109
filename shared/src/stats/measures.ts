import { AppError } from '../error'
import { callbackMeasures } from './callbackMeasures'
import { caseMeasures } from './caseMeasures'
import { INTAKE_MEASURES } from './intakeMeasures'
import { DEFAULT_OPTIONS, type Measure, type MeasureId, type MeasureOptions } from './measure'

/** Every measure once (domain.md §3). Numerator and denominator are data, so that each number opens its tickets. */
export function createMeasures(options: Partial<MeasureOptions> = {}): readonly Measure[] {
  const full = { ...DEFAULT_OPTIONS, ...options }
  return [...INTAKE_MEASURES, ...caseMeasures(full), ...callbackMeasures(full)]
}

export const MEASURES = createMeasures()

export function measureOf(id: MeasureId, options: Partial<MeasureOptions> = {}): Measure {
  const measure = createMeasures(options).find((each) => each.id === id)
  if (!measure) throw new AppError('internal', `没有指标 ${id}`)
  return measure
}
