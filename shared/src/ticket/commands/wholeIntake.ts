import { z } from 'zod'
import {
  attachmentIds,
  content,
  id,
  ids,
  on,
  OPINION_MAX,
  optional,
  reason,
  required,
  TEXT_MAX,
  TITLE_MAX,
  ADDRESS_MAX,
  Location,
} from '../commandInputs'
import { Moment } from '../../calendar/momentInput'

/** 退补, 补充, 并单, 撤回, 作废, 归档: what happens to a ticket beside its way to a unit. */
export const WHOLE_INTAKE_SCHEMAS = {
  requestInfo: on('requestInfo', { missing: required('缺少的信息', OPINION_MAX) }),
  supplyInfo: on('supplyInfo', {
    facts: required('补充内容', TEXT_MAX),
    title: required('标题', TITLE_MAX).optional(),
    matterCode: content.matterCode,
    regionCode: id.optional(),
    address: optional('地址', ADDRESS_MAX),
    location: Location.optional(),
  }),
  supplement: on('supplement', { text: required('新情况', TEXT_MAX), attachmentIds }),
  merge: on('merge', { mainId: id, reason: optional('并单说明', OPINION_MAX) }),
  unmerge: on('unmerge', { reason }),
  /** What a merge does to the main ticket; given by the system only. */
  joinCaller: on('joinCaller', {
    ticketId: id,
    no: id,
    needsCallback: z.boolean(),
    resolveBy: Moment.optional(),
    dispatchBy: Moment.optional(),
    keptFrom: ids.optional(),
  }),
  leaveCaller: on('leaveCaller', { ticketId: id }),
  void: on('void', { reason }),
  withdraw: on('withdraw', { reason }),
  archive: on('archive', {}),
  /** The new matter or place would lead to another unit; the present one stays. */
  keepUnit: on('keepUnit', { opinion: optional('意见', OPINION_MAX) }),
}
