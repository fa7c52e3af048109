import { AppError } from '@hotline/shared/error'
import { DutyPhoneInput, DutyPhoneView } from '@hotline/shared/unit/dutyPhone'
import type { UnitTree } from '@hotline/shared/unit/unit'
import { Router } from 'express'
import type { Feature } from '../../platform/feature'
import { actorOf, assertRole } from '../../platform/http/authenticate'
import type { Write } from '../../platform/http/idempotency'
import { parse } from '../../platform/http/validate'
import type { Transact } from '../../platform/outbox'
import type { Audit } from '../audit/auditService'
import type { DutyPhones } from './dutyPhones'

interface Deps {
  units: Pick<UnitTree, 'has'>
  phones: DutyPhones
  audit: Audit
  transact: Transact
  write: Write
}

/** 值班电话: for those alone who keep the list of units. */
export function createDutyPhoneFeature({ units, phones, audit, transact, write }: Deps): Feature {
  const router = Router()

  function known(id: string): string {
    if (!units.has(id)) throw new AppError('notFound', '没有这个单位')
    return id
  }

  router.get('/:id/duty-phone', async (req, res) => {
    assertRole(actorOf(req), 'administrator', 'director')
    const phone = await phones.of(known(String(req.params.id)))
    res.json({ phone } satisfies DutyPhoneView)
  })

  router.post(
    '/:id/duty-phone',
    write(async (req) => {
      const actor = actorOf(req)
      assertRole(actor, 'administrator', 'director')
      const id = known(String(req.params.id))
      const { phone } = parse(DutyPhoneInput, req.body)
      const action = phone ? 'unit.dutyPhoneSet' : 'unit.dutyPhoneRemoved'
      await transact(async (tx) => {
        await phones.set(id, phone, tx)
        audit.appendWith(tx, { actor, action, target: `units/${id}`, ip: req.ip })
      })
      return { body: { phone: phone || undefined } satisfies DutyPhoneView }
    }),
  )

  return {
    path: '/api/units',
    router,
    api: [
      {
        method: 'get',
        path: '/api/units/{id}/duty-phone',
        summary: '单位的值班电话（系统管理员、热线主任）',
        tag: '基础数据',
        response: DutyPhoneView,
      },
      {
        method: 'post',
        path: '/api/units/{id}/duty-phone',
        summary: '设置单位的值班电话：紧急工单在非工作时间派到时通知；空的即取消',
        tag: '基础数据',
        body: DutyPhoneInput,
        response: DutyPhoneView,
        isWrite: true,
      },
    ],
  }
}
