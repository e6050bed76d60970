import type { MergedNonconformity } from '../domain/result.ts'
import { columns, facts, heading, labelled, note, row, table } from './blocks.ts'
import type { Context } from './context.ts'
import { chosenConclusion, conclusionLabel } from './front.ts'
import type { Block, SignatureArea } from './model.ts'
import type { Signatory } from './template.ts'
import { votesText } from './scores.ts'
import { clip, dayText, isFilled, joined, timeText } from './values.ts'

/** 10 不符合项与观察项: an overview, then each with its evidence. */
export function nonconformities(c: Context): Block[] {
  const { w } = c
  const list = c.result.inputs.nonconformities
  if (list.length === 0) return [note(w.noNonconformities)]
  const overview = list.map((n, i) =>
    row(
      String(i + 1),
      n.item === null ? w.dash : c.code(n.item),
      w.ncKinds[n.kind],
      n.requirement,
      deadlineText(c, n),
      w.ncStates[n.state],
    ),
  )
  const titles = [w.number, w.item, w.ncKind, w.requirement, w.deadline, w.state]
  return [
    ...table(columns(titles, [7, 8, 13, 44, 16, 12], 'ccclcc'), overview, { dense: true }),
    heading(2, w.ncEach),
    ...list.flatMap((n, i): Block[] => [
      heading(3, w.ncTitle(i + 1, w.ncKinds[n.kind])),
      ...facts(2, [
        [w.item, itemText(c, n.item)],
        [w.state, w.ncStates[n.state]],
        [w.requirement, n.requirement],
        [w.evidence, n.evidence],
        [w.where, n.where],
        [w.when, n.when],
        [w.sample, n.sample],
        [w.confirmedBy, n.confirmedBy],
        [w.deadline, deadlineText(c, n)],
        [w.verify, n.kind === 'observation' ? '' : w.verifyWays[n.verify]],
        [w.figures, c.figuresOf(n.media)],
      ]),
    ]),
  ]
}

function itemText(c: Context, item: string | null): string {
  const found = item === null ? undefined : c.items.get(item)
  return found ? `${found.code} ${c.say(found.title)}` : ''
}

const deadlineText = ({ w }: Context, n: MergedNonconformity): string =>
  n.deadline === null ? w.dash : dayText(w, n.deadline)

/** 11 优势亮点与改进建议 */
export function strengths(c: Context): Block[] {
  const { w } = c
  const { text } = c.result
  const list = (items: readonly string[]): Block => {
    const filled = items.filter(isFilled)
    return filled.length > 0 ? { kind: 'list', items: filled } : note(w.none)
  }
  if (![...text.strengths, ...text.suggestions].some(isFilled)) return [note(w.none)]
  return [heading(3, w.strengths), list(text.strengths), heading(3, w.suggestions), list(text.suggestions)]
}

/** 12 评价结论与推荐意见 */
export function conclusion(c: Context): Block[] {
  const { w, result, shows } = c
  if (!shows.conclusion) return []
  const { chosen, reason, votes, opinion } = result.inputs.conclusion
  const { computed, rule } = result.merge.conclusion
  const byRule = rule === null ? '' : w.rule(rule + 1)
  return [
    { kind: 'verdict', label: w.opinion, text: conclusionLabel(c, chosenConclusion(c)) },
    ...facts(1, [
      [w.computed, joined([conclusionLabel(c, computed), byRule], w.stop)],
      [w.chosen, chosen === null ? '' : conclusionLabel(c, chosen)],
      [w.conclusionReason, reason],
      [w.votes, votesText(c, votes).replace(`${w.votes}${w.colon}`, '')],
    ]),
    ...labelled(w.opinionText, opinion),
    note(w.notTheAward),
  ]
}

/** 13 整改验证: what is to be verified, and what happened so far. */
export function rectification(c: Context): Block[] {
  const { w } = c
  const open = c.result.inputs.nonconformities.filter((n) => n.kind !== 'observation')
  if (open.length === 0) return [note(w.none)]
  const rows = c.result.inputs.nonconformities.flatMap((n, i) =>
    n.kind === 'observation'
      ? []
      : [row(String(i + 1), w.ncKinds[n.kind], deadlineText(c, n), w.verifyWays[n.verify], w.ncStates[n.state])],
  )
  const isNamed = c.shows.names === 'names'
  const history = c.result.inputs.nonconformities.flatMap((n, i) =>
    n.history.map((h) => row(String(i + 1), timeText(h.at), w.ncStates[h.state], h.note, ...(isNamed ? [h.by] : []))),
  )
  const titles = [w.number, w.time, w.state, w.note, ...(isNamed ? [w.handledBy] : [])]
  return [
    ...table(columns([w.number, w.ncKind, w.deadline, w.verify, w.state], [8, 24, 26, 22, 20], 'ccccc'), rows),
    ...(history.length > 0 ? [heading(3, w.history)] : []),
    ...table(columns(titles, [8, 22, 16, 38, 16], 'cccll'), history),
  ]
}

/** 14 企业意见: as given in the closing meeting, or blank to be filled in by hand. */
export function statement(c: Context): Block[] {
  const { w, result } = c
  const given = result.closing?.confirmation
  if (!given) {
    const lines: SignatureArea = { label: w.statementLines, lines: ['', '', '', ''], seal: null }
    return [{ kind: 'signature', note: w.statementBlank, areas: [lines, enterpriseArea(c)] }]
  }
  return [
    ...facts(1, [
      [w.statement, w.statements[given.statement]],
      [w.statementText, given.text],
      [w.representative, joined([given.representative, given.post], w.joint)],
      [w.confirmedAt, timeText(given.at)],
      [w.witnesses, given.witnesses.filter(isFilled).join(w.joint)],
    ]),
  ]
}

function enterpriseArea(c: Context): SignatureArea {
  return areasOf(c).find((a) => a.who === 'enterprise') ?? { label: c.w.sides.enterprise, lines: ['', ''], seal: null }
}

/** The template's signature areas that this team has people for. */
export function areasOf(c: Pick<Context, 'say' | 'words' | 'task'>): (SignatureArea & { who: Signatory })[] {
  const has = (role: string) => c.task.team.some((m) => m.role === role)
  return c.words.signatures
    .filter(({ who }) => (who === 'observer' ? has('observer') : who === 'experts' ? has('expert') : true))
    .map(({ who, label, lines, seal }) => ({
      who,
      label: c.say(label),
      lines: lines.map(c.say),
      seal: seal === null ? null : c.say(seal),
    }))
}

/** 15 签字页: blank areas only, those with a seal last and side by side; the signed and sealed paper is scanned back. */
export function signatures(c: Context): Block[] {
  const { w, task, shows } = c
  const experts = task.team.filter((m) => m.role === 'expert')
  const own = experts.map((m) => (shows.names === 'names' ? `${clip(m.name, 12)}${w.colon}` : w.signature))
  const areas = areasOf(c).map(({ who, label, lines, seal }): SignatureArea => ({
    label,
    lines: who === 'experts' ? [...own, ...lines] : lines,
    seal,
  }))
  const ordered = [...areas.filter((a) => a.seal === null), ...areas.filter((a) => a.seal !== null)]
  return [{ kind: 'signature', note: c.say(c.words.signNote), areas: ordered }]
}
