/** A ticket's fields as a correction names them. */
const LABELS: Record<string, string> = {
  title: '标题',
  kind: '类型',
  matterCode: '事项',
  regionCode: '发生地',
  address: '详细地址',
  location: '位置',
  occurredAt: '发生时间',
  detail: '诉求内容',
  urgency: '紧急程度',
  complexity: '复杂程度',
  confidentiality: '保密',
  accusedUnitIds: '被反映单位',
  needsReply: '是否需要回复',
  needsCallback: '是否需要回访',
  isPublicAllowed: '是否同意公开',
}

export function fieldLabel(field: string): string {
  return LABELS[field] ?? field
}
