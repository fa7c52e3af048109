import type { Actor } from '@hotline/shared/actor'
import type { KnowledgeArticle } from '@hotline/shared/knowledge/article'
import type { KnowledgeAct } from '@hotline/shared/knowledge/inputs'
import type { Tx } from '../../platform/outbox'
import type { Notices, Recipient } from '../notice/noticeService'
import type { FeedbackRow } from './feedbackStore'

export interface KnowledgeNotices {
  /** Who has to do something now, or was waiting for it. */
  tell(tx: Tx, act: KnowledgeAct, before: KnowledgeArticle, after: KnowledgeArticle, actor: Actor): void
  feedback(tx: Tx, row: FeedbackRow, question: string): void
  settled(tx: Tx, row: FeedbackRow, note: string, question: string): void
}

export const KEEPERS: readonly Recipient[] = [{ role: 'knowledgeEditor' }]

export function articleLink(id: string): string {
  return `/knowledge/${id}`
}

export function createKnowledgeNotices(notices: Notices): KnowledgeNotices {
  function send(
    tx: Tx,
    id: string,
    key: string,
    kind: string,
    recipients: readonly Recipient[],
    title: string,
    text: string,
  ): void {
    notices.sendWith(tx, [
      { key: `knowledge:${id}:${key}`, recipients, kind: `knowledge.${kind}`, title, text, link: articleLink(id) },
    ])
  }

  return {
    tell(tx, act, before, after, actor) {
      const { id, revision, work, current } = after
      const question = (work ?? before.work ?? current)?.content.question ?? ''
      const author = before.work?.author.userId
      const key = `${revision}`
      switch (act) {
        case 'submit': {
          // A keeper's own words are the director's to review.
          const isKeepers = actor.roles.includes('knowledgeEditor')
          const recipients: readonly Recipient[] = isKeepers ? [...KEEPERS, { role: 'director' }] : KEEPERS
          return send(tx, id, key, 'submitted', recipients, '知识待审核', `${actor.name}送审：${question}`)
        }
        case 'sendBack':
          if (!author) return
          return send(
            tx,
            id,
            key,
            'sentBack',
            [{ userId: author }],
            '知识被退回修改',
            `${question}：${work?.opinion?.text ?? ''}`,
          )
        case 'publish':
          if (!author) return
          return send(tx, id, key, 'published', [{ userId: author }], '知识已发布', question)
        case 'withdraw': {
          const unitId = current?.content.unitId
          if (!unitId) return
          const reason = after.log.at(-1)?.note ?? ''
          return send(tx, id, key, 'withdrawn', [{ unitId, role: 'clerk' }], '知识已撤回', `${question}：${reason}`)
        }
        default:
      }
    },
    feedback: (tx, { _id, articleId, words }, question) =>
      send(tx, articleId, `feedback:${_id}`, 'feedback', KEEPERS, '知识有新反馈', `${question}：${words ?? ''}`),
    settled: (tx, { _id, articleId, by }, note, question) =>
      send(
        tx,
        articleId,
        `settled:${_id}`,
        'settled',
        [{ userId: by.userId }],
        '您反馈的知识已处理',
        `${question}：${note}`,
      ),
  }
}
