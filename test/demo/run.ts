import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../../electron/runtime/workspace.ts'
import { writeTrust } from '../support/e2e-trust.ts'
import { sampleTaskContent } from '../support/sample-task.ts'
import { checkAll, type Made } from './check.ts'
import { makeChecklists } from './checklists.ts'
import { scoreAtOnce, scoreByHand, sealAndExport, startCrew, takeTask } from './crew.ts'
import { writeGuide } from './guide.ts'
import { conclude, gather, handOut, printPapers, printReports } from './lead.ts'
import { openStage, type Stage } from './stage.ts'

const FOLDER = join(ROOT, 'out', 'demo')
const ENTERPRISE = sampleTaskContent().enterprise.name

/** Plays the whole job in the real windows of five people; exit code 0 when every check at the end is fine. */
async function play(stage: Stage): Promise<number> {
  const { tell, folder } = stage
  tell('五个人各自打开软件、建立身份 · five people open the app and make their identities')
  const crew = await startCrew(stage)
  const [lead, byHand, ...others] = crew
  if (lead === undefined || byHand === undefined) throw new Error('no crew')
  tell('组长新建项目，逐人核对校验码登记 · the lead founds the project and enrols everybody by digits')
  const invitation = await gather(stage, crew)
  tell('自己的检查表：导入、签发、比较、叠加 · a checklist of one’s own: imported, issued, compared, layered')
  await makeChecklists(stage, lead)
  tell('组长编制、签发、导出任务 · the lead prepares, issues and exports the task')
  const task = await handOut(stage, lead, ENTERPRISE)
  const taskId = (await lead.desk.call('task.list', {}))[0]?.taskId ?? ''
  for (const expert of [byHand, ...others]) await takeTask(expert, task, ENTERPRISE)
  await stage.shoot(byHand.desk, '专家：任务概览', 'An expert: the task')
  tell(`${byHand.name}逐条点击评分 · scores every item by hand`)
  const count = await scoreByHand(stage, byHand, taskId)
  tell(`${count} 条完成 · items done；其余人员批量录入 · the others at once`)
  for (const [n, member] of [lead, ...others].entries()) await scoreAtOnce(stage, member, taskId, n + 2)
  tell('各人封存、导出 · everybody seals and exports')
  const sheets: string[] = []
  for (const member of crew) sheets.push(await sealAndExport(stage, member, ENTERPRISE, member === byHand))
  tell('组长导入、评议、确认、签发 · the lead imports, settles, confirms, issues')
  const result = await conclude(stage, lead, ENTERPRISE, sheets.slice(1).toReversed())
  tell('签字材料包、口袋清单 · the signing pack and the pocket list')
  const papers = await printPapers(stage, lead)
  tell('三种报告，Word、Excel、佐证包 · three reports, Word, Excel, evidence')
  const { reports, exports } = await printReports(stage, lead)
  const team = await lead.desk.call('team.open', { taskId })
  await stage.end()
  tell('像外人一样核验 · checking everything as a stranger would')
  const made: Made = {
    folder,
    task,
    sheets,
    result,
    reports,
    exports,
    papers,
    trust: writeTrust(invitation, join(folder, 'trust')),
  }
  cpSync(join(ROOT, 'assets', 'sample'), join(folder, 'inputs', 'sample'), { recursive: true })
  const checks = checkAll(made)
  const computed = team.outcome?.merge.conclusion.computed
  const conclusion = team.template.conclusions.find((one) => one.id === computed)?.label ?? { zh: '', en: '' }
  writeGuide({ made, checks, shots: stage.shots, conclusion })
  for (const { zh, en, isFine } of checks) tell(`${isFine ? '✓' : '✗'} ${zh} · ${en}`)
  tell(`结论 ${conclusion.zh} · ${stage.shots.length} 张截图 screenshots · ${join(folder, 'index.html')}`)
  return checks.every((one) => one.isFine) ? 0 : 1
}

const stage = openStage(FOLDER)
try {
  process.exitCode = await play(stage)
} finally {
  await stage.end()
}
