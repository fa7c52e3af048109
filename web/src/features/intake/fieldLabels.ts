/** What the agent calls a field, for the line that says what is missing. */
const LABELS: Record<string, string> = {
  'caller.number': '来电号码',
  'caller.name': '姓名',
  caller: '诉求人',
  channel: '渠道',
  confidentiality: '保密',
  kind: '类型',
  matterCode: '事项',
  regionCode: '发生地',
  address: '地址',
  occurredAt: '发生时间',
  accusedUnitIds: '被反映单位',
  title: '标题',
  detail: '内容',
  attachmentIds: '附件',
  urgency: '紧急程度',
  answer: '答复内容',
  code: '不予受理的情形',
  reason: '理由',
  channelTold: '法定渠道',
  to: '转往',
  transferredAt: '转接时间',
  note: '说明',
}

const ORDER = Object.keys(LABELS)

/** In the order of the form, so that one goes through it once. */
export function labelsOf(paths: readonly string[]): string[] {
  const place = (path: string) => ORDER.indexOf(path in LABELS ? path : (path.split('.')[0] ?? ''))
  return [...new Set(paths.toSorted((a, b) => place(a) - place(b)).map(labelOf))]
}

function labelOf(path: string): string {
  return LABELS[path] ?? LABELS[path.split('.')[0] ?? ''] ?? path
}
