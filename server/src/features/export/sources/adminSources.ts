import { hasRole } from '@hotline/shared/actor'
import { AUDIT_READERS, AuditQuery, type AuditView } from '@hotline/shared/audit/audit'
import { AppError } from '@hotline/shared/error'
import type { Cell } from '@hotline/shared/export/cell'
import type { UserItem } from '@hotline/shared/user/account'
import { ROLE_LABELS } from '@hotline/shared/user/roles'
import { parse } from '../../../platform/http/validate'
import type { AuditQueries } from '../../audit/auditQueries'
import type { AccountList } from '../../user/accountList'
import { UserQuery } from '../../user/userQueries'
import { assertNoNumbers, column, words, type ExportSource } from '../exportSource'

const text = column('text')

/** 账号: telephones masked, as the administrator's own list has them. */
export function createAccountSource(accounts: AccountList): ExportSource {
  return (actor, asked) => {
    const query = parse(UserQuery.strict(), asked)
    assertNoNumbers(asked, 'q')
    return {
      title: '账号',
      columns: [
        text('账号', 24),
        text('姓名', 12),
        text('工号', 12),
        text('单位', 30),
        text('岗位', 30),
        text('电话', 16),
        text('状态', 10),
      ],
      count: (most) => accounts.count(actor, query, most),
      async *rows() {
        for await (const account of accounts.each(actor, query)) yield accountCells(account)
      },
    }
  }
}

function accountCells({ username, name, jobNo, unitName, roles, phone, isActive, isLocked }: UserItem): Cell[] {
  const state = !isActive ? '已停用' : isLocked ? '已锁定' : '正常'
  const posts = roles.map((role) => ROLE_LABELS[role]).join('、')
  return [username, name, jobNo ?? null, unitName, posts, phone ?? null, state]
}

/** 审计日志, with the hashes by which it can be gone through again. */
export function createAuditSource(audited: AuditQueries): ExportSource {
  return (actor, asked) => {
    const query = parse(AuditQuery.strict(), asked)
    if (!hasRole(actor, ...AUDIT_READERS)) throw new AppError('forbidden', '审计日志由系统管理员和热线主任查看')
    assertNoNumbers(asked, 'person')
    return {
      title: '审计日志',
      columns: [
        column('number')('序号', 10),
        column('moment')('时间', 17),
        text('人员', 12),
        text('单位', 28),
        text('事项', 22),
        text('对象', 34),
        text('理由', 44),
        text('来源地址', 18),
        text('校验值', 66),
      ],
      count: (most) => audited.count(query, most),
      moment: async () => ({ upTo: String(Math.min(query.upTo ?? Infinity, await audited.newest())) }),
      async *rows() {
        for await (const entry of audited.each(query)) yield auditCells(entry)
      },
    }
  }
}

function auditCells(entry: AuditView): Cell[] {
  const { seq, at, actorName, unitName, actionLabel, targetLabel, reason, ip, hash } = entry
  return [seq, new Date(at), actorName, unitName, actionLabel, targetLabel, words(reason), ip ?? null, hash]
}
