import { hasRole } from '@hotline/shared/actor'
import { AppError } from '@hotline/shared/error'
import { dateCell, type Cell } from '@hotline/shared/export/cell'
import { KNOWLEDGE_STATE_LABELS, VALIDITY_LABELS, WORK_STATUS_LABELS } from '@hotline/shared/knowledge/article'
import { ArticleQuery, KNOWLEDGE_DESK_LABELS } from '@hotline/shared/knowledge/inputs'
import { KNOWLEDGE_READERS } from '@hotline/shared/knowledge/roles'
import type { ArticleRow } from '@hotline/shared/knowledge/view'
import { parse } from '../../../platform/http/validate'
import type { ArticleList } from '../../knowledge/articleList'
import { assertNoNumbers, column, type ExportSource } from '../exportSource'

const text = column('text')
const number = column('number')

/** 知识库: what stands on a desk; words that are not published yet are for those who may see them there. */
export function createArticleSource(articles: ArticleList): ExportSource {
  return (actor, asked) => {
    const query = parse(ArticleQuery.strict(), asked)
    if (!hasRole(actor, ...KNOWLEDGE_READERS)) throw new AppError('forbidden', '您没有这项权限')
    assertNoNumbers(asked, 'q')
    return {
      title: `知识库（${KNOWLEDGE_DESK_LABELS[query.desk]}）`,
      columns: [
        text('问题', 50),
        text('责任单位', 28),
        text('状态', 10),
        number('版本', 8),
        text('有效性', 10),
        text('有效期至', 12),
        text('修订状态', 10),
        text('起草人', 12),
        column('moment')('更新时间', 17),
        number('使用次数', 10),
        number('待处理反馈', 12),
      ],
      count: (most) => articles.count(actor, query, most),
      async *rows() {
        for await (const article of articles.each(actor, query)) yield cellsOf(article)
      },
    }
  }
}

function cellsOf(article: ArticleRow): Cell[] {
  return [
    article.question,
    article.unitName,
    KNOWLEDGE_STATE_LABELS[article.state],
    article.version ?? null,
    article.validity ? VALIDITY_LABELS[article.validity] : null,
    article.validUntil ?? '长期',
    article.workStatus ? WORK_STATUS_LABELS[article.workStatus] : null,
    article.authorName,
    dateCell(article.at),
    article.uses,
    article.openFeedback,
  ]
}
