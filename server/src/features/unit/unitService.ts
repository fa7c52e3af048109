import type { Actor } from '@hotline/shared/actor'
import { AppError } from '@hotline/shared/error'
import type { Unit } from '@hotline/shared/unit/unit'
import type { Transact } from '../../platform/outbox'
import type { Audit } from '../audit/auditService'
import type { Units } from './unitStore'

/** What the unit has in hand, and how it goes to another. */
export interface UnitWork {
  countOf(unitId: string): Promise<number>
  handOver(unitId: string, toUnitId: string, reason: string): Promise<number>
}

export interface UnitService {
  /**
   * 停用, with everything in hand to another unit in the same step.
   * @returns how many tickets went over
   * @throws AppError ruleViolated while there is work and nobody to take it, or units below it are open
   */
  close(id: string, reason: string, handOverTo: string | undefined, actor: Actor): Promise<number>
  open(id: string, actor: Actor): Promise<void>
}

const NEVER: readonly Unit['kind'][] = ['city', 'hotline', 'hotlineGroup']

export function createUnitService(
  units: Units,
  work: UnitWork,
  { audit, transact }: { audit: Audit; transact: Transact },
): UnitService {
  function known(id: string): Unit {
    const unit = units.get(id)
    if (!unit) throw new AppError('notFound', '没有这个单位')
    return unit
  }

  function assertClosable(unit: Unit, handOverTo: string | undefined): void {
    if (NEVER.includes(unit.kind)) throw new AppError('ruleViolated', `${unit.name}不能停用`)
    const below = units.children(unit.id).filter(({ isOpen }) => isOpen)
    if (below[0])
      throw new AppError('ruleViolated', `下级单位${below[0].name}等 ${below.length} 个还在用，请先停用下级`)
    if (handOverTo === undefined) return
    if (handOverTo === unit.id) throw new AppError('ruleViolated', '接手的不能是它自己')
    if (!units.isOpen(handOverTo)) throw new AppError('ruleViolated', '接手单位不存在或已停用')
  }

  return {
    async close(id, reason, handOverTo, actor) {
      const unit = known(id)
      assertClosable(unit, handOverTo)
      const count = await work.countOf(id)
      if (count > 0 && handOverTo === undefined)
        throw new AppError('ruleViolated', `还有 ${count} 件在办工单，请选择接手单位，一并移交后停用`, {
          openWork: count,
        })
      if (!unit.isOpen && count === 0) throw new AppError('ruleViolated', '该单位已停用')
      const why = `${unit.name}停用：${reason}`
      const move = () => (handOverTo === undefined ? 0 : work.handOver(id, handOverTo, why))
      const entryOf = (tickets: number) => {
        const details = { ...(handOverTo ? { handOverTo } : {}), tickets }
        return { actor, action: 'unit.closed', target: `units/${id}`, reason, details }
      }
      const moved = await move()
      await transact(async (tx) => {
        await units.setOpen(id, false, tx)
        audit.appendWith(tx, entryOf(moved))
      })
      // What was dispatched to it in the same moment.
      const late = await move()
      if (late > 0) await audit.append(entryOf(late))
      return moved + late
    },

    async open(id, actor) {
      const unit = known(id)
      if (unit.isOpen) throw new AppError('ruleViolated', '该单位没有停用')
      const parent = unit.parentId === null ? undefined : units.get(unit.parentId)
      if (parent && !parent.isOpen) throw new AppError('ruleViolated', `上级单位${parent.name}已停用，请先启用上级`)
      await transact(async (tx) => {
        await units.setOpen(id, true, tx)
        audit.appendWith(tx, { actor, action: 'unit.opened', target: `units/${id}` })
      })
    },
  }
}
