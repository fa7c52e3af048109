import type { TemplateInput } from './template'

/** What every city begins with; the hotline changes them as it likes. */
export const CITY_TEMPLATES: readonly Pick<TemplateInput, 'kind' | 'title' | 'text'>[] = [
  {
    kind: 'publicReply',
    title: '已办结',
    text: '{诉求人称谓}：您好！您反映的“{标题}”（编号 {编号}）已收悉。\n经{单位}现场核实，情况属实，已于{今天}处理完毕。\n感谢您对我们工作的监督和支持。',
  },
  {
    kind: 'publicReply',
    title: '不属实的说明',
    text: '{诉求人称谓}：您好！您反映的“{标题}”（编号 {编号}）已收悉。\n{单位}于{今天}到现场核查，未发现所反映的情况。核查经过如下：\n\n如有新的情况，请再次拨打 12345，我们会继续核查。',
  },
  {
    kind: 'publicReply',
    title: '正在办理，说明计划',
    text: '{诉求人称谓}：您好！您反映的“{标题}”（编号 {编号}）已收悉。\n经{单位}核实，此事需要分步解决：\n1. 已经完成：\n2. 下一步：\n3. 预计完成时间：\n请您继续监督。',
  },
  {
    kind: 'publicReply',
    title: '政策咨询答复',
    text: '{诉求人称谓}：您好！您咨询的“{标题}”答复如下：\n一、政策规定：\n二、办理条件和材料：\n三、办理地点、时间：\n{单位}',
  },
  {
    kind: 'handling',
    title: '现场核查',
    text: '{今天}，工作人员____、____到现场核查。\n核查情况：\n处理措施：\n与诉求人沟通情况：\n后续安排：',
  },
  {
    kind: 'handling',
    title: '责令整改',
    text: '{今天}到场检查，发现____，当场责令____限期整改；____日复查，已整改到位。',
  },
  { kind: 'progress', title: '已到现场', text: '{今天}已安排人员到现场，正在核实，核实后及时与诉求人联系。' },
  {
    kind: 'returnBasis',
    title: '不属于本单位职责',
    text: '根据“三定”规定，此事项由____负责，不属于{单位}职责。\n依据：《____》第__条。',
  },
  {
    kind: 'returnBasis',
    title: '不在本辖区',
    text: '经核实，所反映的地点位于____，不在{单位}辖区，属____管辖。',
  },
  {
    kind: 'extensionReason',
    title: '需要施工、采购',
    text: '此事需要____，已于____启动，正常工期____个工作日，现有时限内不能完成。延期内的安排：',
  },
  {
    kind: 'extensionReason',
    title: '天气原因',
    text: '因____（天气），____作业不能进行。天气好转后立即恢复，预计____个工作日内完成。',
  },
  {
    kind: 'dispatchTask',
    title: '核实并处理',
    text: '核实“{标题}”所反映的情况，依法依规处理，处理结果告知{诉求人称谓}。',
  },
  {
    kind: 'dispatchTask',
    title: '先到现场控制险情',
    text: '{单位}接单后立即派人到现场，先采取安全防护措施，再查明原因、组织处置，处置情况随时记入办理进展。',
  },
  {
    kind: 'dispatchStandard',
    title: '现场、联系、答复都要有',
    text: '到现场核实并留存照片；与{诉求人称谓}取得联系、说明处理结果；答复写明事实、依据和处理措施，逐项回应诉求。',
  },
  {
    kind: 'dispatchStandard',
    title: '一时解决不了的',
    text: '能当场解决的当场解决；需要时间的，给出分步计划、完成时间和责任人，并与{诉求人称谓}说明清楚。',
  },
  {
    kind: 'dispatchNote',
    title: '先联系再办理',
    text: '请先与诉求人取得联系，核实具体地点和诉求，办理结果直接告知诉求人。',
  },
  { kind: 'reviewOpinion', title: '同意上报', text: '经审核，事实清楚，处理得当，同意上报。' },
  {
    kind: 'reviewOpinion',
    title: '退回：答复没有回应诉求',
    text: '答复没有正面回应诉求人的问题，请逐项说明处理结果、依据和时间，与诉求人沟通后重新反馈。',
  },
  { kind: 'reviewOpinion', title: '退回：缺佐证', text: '请补充现场照片或相关材料，说明与诉求人联系的时间和结果。' },
]
